import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeKinds } from '@shared/blocks/node-kinds';
import type { FieldValue } from '@shared/fields/field';
import { chain, type ChainLink } from '@shared/graph/chain';
import { DOCUMENT_VERSION, type GraphDocument, type GraphEdge, type GraphNode } from '@shared/graph/document';
import { FAMILIES } from '@shared/graph/family';
import { layersOf } from '@shared/graph/groups';
import { lower } from '@shared/network/lower';
import { networkSchema } from '@shared/network/network-schema';
import { findPreset, presets } from '@shared/network/presets';
import { profile } from '@shared/network/profile';
import { compactNodes, restoreNetwork } from '@shared/network/restore';

const INPUT: ChainLink = ['in', 'input', 'Input'];
const END: readonly ChainLink[] = [
  ['gap', 'globalavgpool', 'Pool'],
  ['fc', 'dense', 'Dense', { units: 10 }],
  ['out', 'output', 'Output'],
];

function group(id: string, repeat?: FieldValue, parent?: string): GraphNode {
  const fields: GraphNode['fields'] = repeat === undefined ? {} : { repeat };
  return { id, type: 'group', name: `Group ${id}`, fields, ...(parent !== undefined && { parent }) };
}

/** A document with groups, and nodes in them by id. */
function grouped(
  document: GraphDocument,
  groups: readonly GraphNode[],
  parents: Readonly<Record<string, string>>,
): GraphDocument {
  const nodes = document.nodes.map((node) => {
    const parent = parents[node.id];
    return parent === undefined ? node : { ...node, parent };
  });
  return { ...document, nodes: [...groups, ...nodes] };
}

const plain = chain([INPUT, ['a', 'mcconv', 'A', { maps: 6 }], ['b', 'relu', 'B'], ...END]);

function ids(document: GraphDocument): string[] {
  const { network, problems } = lower(document, 'mcn');
  expect(problems).toEqual([]);
  return network!.nodes.map(({ id }) => id);
}

function firstProblem(document: GraphDocument) {
  const { network, problems } = lower(document, 'mcn');
  expect(network).toBeNull();
  return problems[0]!;
}

describe('groups', () => {
  it('that do not repeat change nothing, wherever they lie', () => {
    for (const { document } of presets) {
      const [first, second, third] = document.nodes.slice(1).map(({ id }) => id);
      const groups = [group('g'), group('h', 1, 'g')];
      const framed = grouped(document, groups, { [first!]: 'g', [second!]: 'h', [third!]: 'h' });
      for (const family of FAMILIES) {
        expect(lower(framed, family).network).toEqual(lower(document, family).network);
      }
    }
  });

  it('repeat: each copy reads the one before it and belongs to the drawn layer', () => {
    const document = grouped(plain, [group('g', 3)], { a: 'g', b: 'g' });
    expect(ids(document)).toEqual(['in', 'a', 'b', 'a#2', 'b#2', 'a#3', 'b#3', 'gap', 'fc', 'out']);
    const { network, shapes, arriving } = lower(document, 'mcn');
    const copy = network!.nodes.find(({ id }) => id === 'a#2')!;
    expect(copy).toMatchObject({ origin: 'a', name: 'A #2', inputs: ['b'], shape: [32, 32, 24] });
    expect(shapes.get('b')).toEqual([32, 32, 24]);
    expect(arriving.get('a')).toEqual([[[32, 32, 4]], [[32, 32, 24]], [[32, 32, 24]]]);
    const costs = profile(network!);
    const copies = costs.nodes.filter(({ origin }) => origin === 'a');
    expect(copies.map(({ weights }) => weights)).toEqual([
      (4 * 6 * 4 * 9) / 4 + 36,
      24 * 6 * 9 + 36,
      24 * 6 * 9 + 36,
    ]);
    expect(costs.byOrigin.get('a')!.weights).toBe(copies.reduce((sum, { weights }) => sum + weights, 0));
  });

  it('repeat in one another, and multiply', () => {
    const document = grouped(plain, [group('g', 2), group('h', 3, 'g')], { a: 'h', b: 'g' });
    expect(ids(document)).toEqual([
      'in',
      'a',
      'a#1.2',
      'a#1.3',
      'b',
      'a#2.1',
      'a#2.2',
      'a#2.3',
      'b#2',
      'gap',
      'fc',
      'out',
    ]);
    const nodes = lower(document, 'mcn').network!.nodes;
    const inputs = Object.fromEntries(nodes.map((node) => [node.id, node.inputs]));
    expect(inputs).toMatchObject({
      a: ['in'],
      'a#1.2': ['a'],
      b: ['a#1.3'],
      'a#2.1': ['b'],
      'b#2': ['a#2.3'],
    });
    expect(inputs.gap).toEqual(['b#2']);
  });

  it('equal the same layers drawn one by one', () => {
    const links = [1, 2, 3].map((index): ChainLink[] => [
      [index === 1 ? 'a' : `a#${index}`, 'mcconv', index === 1 ? 'A' : `A #${index}`, { maps: 6 }],
      [index === 1 ? 'b' : `b#${index}`, 'relu', index === 1 ? 'B' : `B #${index}`],
    ]);
    const drawn = lower(chain([INPUT, ...links.flat(), ...END]), 'mcn').network!;
    const repeated = lower(grouped(plain, [group('g', 3)], { a: 'g', b: 'g' }), 'mcn').network!;
    expect(compactNodes(repeated)).toEqual(compactNodes(drawn));
  });

  it('may be entered at several layers from one outside, as a residual block is', () => {
    const nodes = chain([INPUT, ['a', 'mcconv', 'A', { maps: 1 }], ['sum', 'add', 'Sum'], ...END]);
    const skip = { id: 'skip', from: 'in', to: 'sum', port: 'in' };
    const document = grouped({ ...nodes, edges: [...nodes.edges, skip] }, [group('g', 2)], {
      a: 'g',
      sum: 'g',
    });
    const { network, problems } = lower(document, 'mcn');
    expect(problems).toEqual([]);
    expect(network!.nodes.find(({ id }) => id === 'sum#2')!.inputs).toEqual(['a#2', 'sum']);
  });

  it('keep apart from layers that are named like copies', () => {
    const links = chain([INPUT, ['a', 'relu', 'A'], ['a#2', 'relu', 'A #2'], ...END]);
    expect(new Set(ids(grouped(links, [group('g', 3)], { a: 'g' }))).size).toBe(8);
  });

  it.each<[string, string, GraphNode[], Record<string, string>, GraphEdge[]]>([
    [
      'two layers lead into',
      'group-many-inputs',
      [group('g', 2)],
      { gap: 'g' },
      [{ id: 'x', from: 'a', to: 'sum', port: 'in' }],
    ],
    [
      'two layers are read of',
      'group-many-outputs',
      [group('g', 2)],
      { a: 'g', b: 'g' },
      [{ id: 'x', from: 'a', to: 'sum', port: 'in' }],
    ],
    ['holds the Input', 'group-holds-end', [group('g', 2)], { in: 'g', a: 'g' }, []],
    [
      'makes too many layers',
      'group-too-many',
      [group('g', 64), group('h', 64, 'g'), group('i', 64, 'h')],
      { a: 'i' },
      [],
    ],
    ['repeats half a time', 'field-value', [group('g', 0.5)], { a: 'g' }, []],
  ])('one that %s is told by its name', (_what, code, groups, parents, extra) => {
    const base = chain([
      INPUT,
      ['a', 'mcconv', 'A', { maps: 1 }],
      ['b', 'relu', 'B'],
      ['sum', 'add', 'Sum'],
      ...END,
    ]);
    const edges =
      extra.length > 0
        ? [...base.edges, ...extra]
        : [...base.edges, { id: 'x', from: 'in', to: 'sum', port: 'in' }];
    const inside = code === 'group-many-inputs' ? { sum: 'g', gap: 'g' } : parents;
    const problem = firstProblem(grouped({ ...base, edges }, groups, inside));
    expect(problem).toMatchObject({ code, node: 'g' });
    expect(problem.message).toContain(code === 'group-too-many' ? '262,1' : 'Group g');
    expect(problem.fix).toBeTruthy();
  });

  it('that are empty, or named by no sound parent, are told and stop nothing or only what they must', () => {
    const codes = (document: GraphDocument) => lower(document, 'mcn').problems.map(({ code }) => code);
    expect(codes(grouped(plain, [group('g')], {}))).toEqual(['group-empty']);
    expect(lower(grouped(plain, [group('g')], {}), 'mcn').network).not.toBeNull();
    expect(codes(grouped(plain, [], { a: 'gone' }))).toEqual(['parent-unknown']);
    expect(codes(grouped(plain, [], { a: 'b' }))).toEqual(['parent-no-group']);
    expect(codes(grouped(plain, [group('g', 1, 'h'), group('h', 1, 'g')], { a: 'g' }))).toContain(
      'group-nesting',
    );
    const edges = [...plain.edges.slice(1), { id: 'x', from: 'g', to: 'a', port: 'in' }];
    expect(codes(grouped({ ...plain, edges }, [group('g')], { b: 'g' }))).toContain('edge-group');
  });

  it('that lead nowhere are left out', () => {
    const stray = grouped(
      { ...plain, nodes: [...plain.nodes, { id: 's', type: 'relu', name: 'Stray', fields: {} }] },
      [group('g', 3)],
      { s: 'g' },
    );
    const { network, problems } = lower(stray, 'mcn');
    expect(network).not.toBeNull();
    expect(problems.every(({ severity }) => severity === 'warning')).toBe(true);
  });

  it('a stage repeated is what it says in every twin, and survives storing', () => {
    const document = grouped(findPreset('mcn-20')!.document, [group('g', 2)], { stage1: 'g' });
    for (const family of FAMILIES) {
      const network = lower(document, family).network!;
      expect(networkSchema.safeParse(network).success).toBe(true);
      const restored = restoreNetwork(family, compactNodes(network));
      expect(restored.ok && restored.value.nodes.map(({ shape }) => shape)).toEqual(
        network.nodes.map(({ shape }) => shape),
      );
    }
  });
});

const someField = fc.oneof(fc.integer({ min: -1, max: 5 }), fc.double(), fc.constantFrom(null, 'x', true));
const types = [...nodeKinds.map(({ type }) => type), 'group', 'group', 'lstm'];

/** Any document that the schema lets through, the senseless ones above all. */
const anything: fc.Arbitrary<GraphDocument> = fc.integer({ min: 0, max: 14 }).chain((count) => {
  const id = fc.integer({ min: -1, max: count }).map((index) => `n${index}`);
  const node = fc.record(
    {
      type: fc.constantFrom(...types),
      fields: fc.dictionary(
        fc.constantFrom('repeat', 'maps', 'stride', 'planes', 'units', 'blocks'),
        someField,
        {
          maxKeys: 2,
        },
      ),
      parent: id,
    },
    { requiredKeys: ['type', 'fields'] },
  );
  return fc
    .record({
      nodes: fc.array(node, { minLength: count, maxLength: count }),
      edges: fc.array(fc.record({ from: id, to: id, port: fc.constantFrom('in', 'in', 'in', 'x') }), {
        maxLength: 24,
      }),
      twins: fc.boolean(),
    })
    .map(({ nodes, edges, twins }): GraphDocument => ({
      version: DOCUMENT_VERSION,
      nodes: nodes.map((rest, index) => {
        const own = twins && index === 2 ? 0 : index;
        return { id: `n${own}`, name: `N${own}`, ...rest };
      }),
      edges: edges.map((edge, index) => ({ id: `e${index}`, ...edge })),
    }));
});

describe('any document', () => {
  it('is lowered without a throw, to a sound network or to problems that name nodes it has', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...FAMILIES), (document, family) => {
        const { network, problems, shapes, waiting } = lower(document, family);
        const known = new Set(document.nodes.map(({ id }) => id));
        const troubled = new Set(problems.map(({ node }) => node));
        if (network) expect(networkSchema.safeParse(network).success).toBe(true);
        else expect(problems.length).toBeGreaterThan(0);
        for (const { node } of problems) if (node !== undefined) expect(known).toContain(node);
        for (const { id } of layersOf(document)) {
          if (!troubled.has(id) && !shapes.has(id)) expect(troubled).toContain(waiting.get(id));
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('in groups that repeat, a sound chain stays sound and every copy is counted', () => {
    const where = fc.array(fc.constantFrom(null, 'g', 'h', 'i'), { minLength: 6, maxLength: 6 });
    const repeat = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(where, repeat, repeat, repeat, (parents, g, h, i) => {
        const links = parents.map((_, index): ChainLink => [`r${index}`, 'relu', `R${index}`]);
        const inside = Object.fromEntries(
          parents.flatMap((parent, index) => (parent ? [[`r${index}`, parent]] : [])),
        );
        const groups = [group('g', g), group('h', h, 'g'), group('i', i)];
        const { network, problems } = lower(grouped(chain([INPUT, ...links, ...END]), groups, inside), 'mcn');
        if (!network) {
          expect(problems.map(({ code }) => code)).toContain('group-many-inputs');
          return;
        }
        const times = (parent: string | null) => ({ g, h: g * h, i, none: 1 })[parent ?? 'none']!;
        const count = parents.reduce((sum, parent) => sum + times(parent), 0);
        expect(network.nodes.filter(({ type }) => type === 'relu')).toHaveLength(count);
        const read = network.nodes.flatMap(({ inputs }) => inputs);
        expect(new Set(read).size).toBe(network.nodes.length - 1);
      }),
    );
  });
});
