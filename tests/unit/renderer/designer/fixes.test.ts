import { describe, expect, it } from 'vitest';
import type { FieldValue } from '@shared/fields/field';
import { chain } from '@shared/graph/chain';
import { emptyDocument, type GraphDocument } from '@shared/graph/document';
import { applyEdit } from '@shared/graph/edit';
import { hints } from '@shared/network/hints';
import { inheritedPlanes, lower } from '@shared/network/lower';
import { profile } from '@shared/network/profile';
import type { Problem } from '@shared/problem';
import { removeAndReconnect } from '@renderer/designer/edits/remove-and-reconnect';
import type { Fix } from '@renderer/stores/fixes';
import { fixesForProblem } from '@renderer/designer/fixes/fixes-for-problem';
import { poolBeforeDense } from '@renderer/designer/fixes/pool-before-dense';
import { withGroup } from './grouped-documents';
import { presetDocument } from './sample-documents';

function adviceOn(document: GraphDocument): Problem[] {
  const { network, problems } = lower(document, 'mcn');
  return network ? [...problems, ...hints(network, profile(network))] : problems;
}

function withFields(document: GraphDocument, id: string, fields: Record<string, number>): GraphDocument {
  return { ...document, nodes: document.nodes.map((node) => (node.id === id ? { ...node, fields } : node)) };
}

function fixesOf(document: GraphDocument, problem: Problem): Fix[] {
  const { shapes } = lower(document, 'mcn');
  return fixesForProblem(problem, { document, shapes, planes: inheritedPlanes(document) });
}

/** Takes a fix of a problem, the first unless its words are given; returns what problems are left, and those that are no mere hints. */
function solve(
  document: GraphDocument,
  code: string,
  words?: string,
): { after: GraphDocument; left: string[]; grave: string[]; words: string } {
  const problem = adviceOn(document).find((found) => found.code === code);
  expect(problem, `a problem ${code}`).toBeDefined();
  const fixes = fixesOf(document, problem!);
  const fix = words === undefined ? fixes[0] : fixes.find(({ label }) => label === words);
  expect(fix, fixes.map(({ label }) => label).join(', ')).toBeDefined();
  const { document: after, inverse } = applyEdit(document, fix!.edit);
  expect(applyEdit(after, inverse).document).toEqual(document);
  const left = adviceOn(after);
  const grave = left.filter(({ severity }) => severity !== 'hint');
  const codes = (problems: Problem[]): string[] => problems.map((found) => found.code);
  return { after, left: codes(left), grave: codes(grave), words: fix!.label };
}

describe('use global average pooling', () => {
  it('makes of mcn-mnist-small the network of mcn-mnist-tiny, in one step that can be undone', () => {
    const { after, left } = solve(presetDocument('mcn-mnist-small'), 'dense-dominates');
    expect(left).toEqual([]);
    const costs = profile(lower(after, 'mcn').network!).total;
    expect(costs).toEqual(profile(lower(presetDocument('mcn-mnist-tiny'), 'mcn').network!).total);
  });

  it('shrinks the file of mcn-mnist by more than fifty times', () => {
    const document = presetDocument('mcn-mnist');
    const { after } = solve(document, 'dense-dominates');
    const bytes = (of: GraphDocument): number => profile(lower(of, 'mcn').network!).total.storedBytes;
    expect(bytes(document) / bytes(after)).toBeGreaterThan(50);
  });

  it('keeps the dense layer when it gives the classes', () => {
    const document = presetDocument('mcn-mnist');
    const short = applyEdit(document, removeAndReconnect(document, ['fc1', 'relu', 'dropout'])).document;
    const after = applyEdit(short, poolBeforeDense(short, 'fc2')!).document;
    expect(after.nodes.some(({ id }) => id === 'fc2')).toBe(true);
    expect(after.nodes.some(({ type }) => type === 'flatten')).toBe(false);
    expect(lower(after, 'mcn').network).not.toBeNull();
  });

  it('is not offered where no Flatten stands in front', () => {
    expect(poolBeforeDense(presetDocument('mcn-20'), 'fc')).toBeNull();
    expect(poolBeforeDense(presetDocument('mcn-mnist'), 'mc1')).toBeNull();
    expect(poolBeforeDense(presetDocument('mcn-mnist'), 'nowhere')).toBeNull();
  });
});

describe('other fixes', () => {
  it('a value out of its limits goes back to the default', () => {
    const { left } = solve(withFields(presetDocument('mcn-mnist-tiny'), 'mc1', { maps: 0 }), 'field-value');
    expect(left).toEqual([]);
  });

  it('an unknown field is removed', () => {
    const { left } = solve(withFields(presetDocument('mcn-mnist-tiny'), 'mc1', { mapz: 3 }), 'field-unknown');
    expect(left).toEqual([]);
  });

  it('a pool is put in front of a dense layer that gets a picture', () => {
    const document = presetDocument('mcn-mnist-tiny');
    const broken = applyEdit(document, {
      kind: 'batch',
      label: 'Break',
      edits: [
        { kind: 'disconnect', edge: 'pool4-gap' },
        { kind: 'disconnect', edge: 'gap-fc' },
        { kind: 'remove-node', node: 'gap' },
        { kind: 'connect', edge: { id: 'direct', from: 'pool4', to: 'fc', port: 'in' } },
      ],
    }).document;
    expect(solve(broken, 'dense-needs-vector').left).toEqual([]);
  });

  it('a double name gets a number', () => {
    const document = presetDocument('mcn-mnist-tiny');
    const { document: doubled } = applyEdit(document, { kind: 'rename', node: 'mc2', name: 'MCconv 1' });
    const { after, left } = solve(doubled, 'duplicate-name');
    expect(left).toEqual([]);
    expect(after.nodes.find(({ id }) => id === 'mc2')?.name).toBe('MCconv 2');
  });

  it('a second input and a layer that leads nowhere can be removed', () => {
    const second = { id: 'again', type: 'input', name: 'Input 2', fields: {} };
    const { document } = applyEdit(presetDocument('mcn-mnist-tiny'), { kind: 'add-node', node: second });
    expect(solve(document, 'input-many').left).toEqual([]);
  });

  it('a layer without any connection can be removed, one cut off is connected to what nothing reads, if that is one', () => {
    const document = presetDocument('mcn-mnist-tiny');
    const stray = { id: 'stray', type: 'relu', name: 'Stray', fields: {} };
    const added = applyEdit(document, { kind: 'add-node', node: stray }).document;
    expect(solve(added, 'port-empty').after).toEqual(document);
    const open = applyEdit(document, { kind: 'disconnect', edge: 'mc1-pool1' }).document;
    const mended = solve(open, 'port-empty');
    expect(mended.words).toBe('Connect MCconv 1 to it');
    expect(mended.left).toEqual([]);
    const two = applyEdit(open, { kind: 'add-node', node: { ...stray, type: 'input' } }).document;
    const problem = adviceOn(two).find(({ code }) => code === 'port-empty')!;
    expect(fixesOf(two, problem)).toEqual([]);
  });

  it('a layer is not connected to one behind it', () => {
    const document = chain([
      ['first', 'relu', 'First'],
      ['last', 'relu', 'Last'],
    ]);
    expect(fixesOf(document, { code: 'port-empty', message: '', node: 'first' })).toEqual([]);
  });

  it('what a person has to decide has no fix', () => {
    const document = presetDocument('mcn-mnist-tiny');
    expect(fixesOf(document, { code: 'nothing-known', message: '', node: 'mc1' })).toEqual([]);
    expect(fixesOf(document, { code: 'unused', message: '', node: 'gone' })).toEqual([]);
  });
});

type Layer = readonly [id: string, type: string, fields?: Record<string, FieldValue>];

/** A design of some layers and connections "a-b"; 8 × 8 images with K = 4 unless the first layer says otherwise. */
function design(layers: readonly Layer[], edges: readonly string[]): GraphDocument {
  return {
    ...emptyDocument(),
    nodes: layers.map(([id, type, fields = {}]) => ({ id, type, name: id, fields })),
    edges: edges.map((id) => {
      const [from, to] = id.split('-') as [string, string];
      return { id, from, to, port: 'in' };
    }),
  };
}

const IN: Layer = ['in', 'input', { height: 8, width: 8 }];
const HEAD: readonly Layer[] = [
  ['gap', 'globalavgpool'],
  ['fc', 'dense', { units: 10 }],
  ['out', 'output'],
];

describe('fixes of merges', () => {
  const residual = (conv: Record<string, number>) =>
    design(
      [IN, ['first', 'mcconv', { maps: 4 }], ['conv', 'mcconv', conv], ['add', 'add'], ...HEAD],
      ['in-first', 'first-conv', 'conv-add', 'first-add', 'add-gap', 'gap-fc', 'fc-out'],
    );

  it.each([
    [{ maps: 8, stride: 2 }, 'Pool and pad the shortcut'],
    [{ maps: 4, stride: 2 }, 'Pool the larger branch'],
    [{ maps: 8 }, 'Pad the narrower branch'],
  ])('a shortcut around %o: %s', (conv, label) => {
    const { grave, words } = solve(residual(conv), 'add-shapes');
    expect(words).toBe(label);
    expect(grave).toEqual([]);
  });

  it('or the narrower layer is widened', () => {
    const { after, grave } = solve(residual({ maps: 8 }), 'add-shapes', 'Give first 8 maps');
    expect(grave).toEqual([]);
    expect(after.nodes.find(({ id }) => id === 'first')!.fields.maps).toBe(8);
  });

  it('Concat gets equal heights and widths, and keeps the channels', () => {
    const document = design(
      [IN, ['a', 'mcconv', { maps: 4 }], ['b', 'mcconv', { maps: 8, stride: 2 }], ['cat', 'concat'], ...HEAD],
      ['in-a', 'in-b', 'a-cat', 'b-cat', 'cat-gap', 'gap-fc', 'fc-out'],
    );
    expect(solve(document, 'concat-sizes').grave).toEqual([]);
  });

  it('an Add of a pre-activation block gets its shortcut from before the block', () => {
    const document = design(
      [
        IN,
        ['first', 'mcconv', { maps: 4 }],
        ['bn1', 'batchnorm'],
        ['relu1', 'relu'],
        ['conv1', 'mcconv', { maps: 4 }],
        ['bn2', 'batchnorm'],
        ['relu2', 'relu'],
        ['conv2', 'mcconv', { maps: 4 }],
        ['add', 'add'],
        ...HEAD,
      ],
      [
        ...['in-first', 'first-bn1', 'bn1-relu1', 'relu1-conv1', 'conv1-bn2', 'bn2-relu2', 'relu2-conv2'],
        ...['conv2-add', 'add-gap', 'gap-fc', 'fc-out'],
      ],
    );
    const { grave, words } = solve(document, 'port-empty');
    expect(words).toBe('Add the shortcut from first');
    expect(grave).toEqual([]);
  });
});

describe('fixes of connections', () => {
  const twoInto = design(
    [IN, ['a', 'mcconv', { maps: 4 }], ['b', 'mcconv', { maps: 4 }], ['relu', 'relu'], ...HEAD],
    ['in-a', 'in-b', 'a-relu', 'b-relu', 'relu-gap', 'gap-fc', 'fc-out'],
  );

  it('two connections into one input are merged', () => {
    expect(solve(twoInto, 'port-full').grave).toEqual([]);
  });

  it('or all but the last of them go', () => {
    const { after } = solve(twoInto, 'port-full', 'Keep only b');
    expect(after.edges.filter(({ to }) => to === 'relu').map(({ from }) => from)).toEqual(['b']);
  });

  it('a loop is opened where it leads back', () => {
    const document = design(
      [IN, ['add', 'add'], ['relu', 'relu'], ...HEAD],
      ['in-add', 'add-relu', 'relu-add', 'relu-gap', 'gap-fc', 'fc-out'],
    );
    const { after, words } = solve(document, 'cycle');
    expect(words).toBe('Remove the connection relu → add');
    expect(adviceOn(after).map(({ code }) => code)).not.toContain('cycle');
  });

  it('a connection into an input that does not exist takes the one that does', () => {
    const good = presetDocument('mcn-mnist-tiny');
    const [first, ...others] = good.edges;
    const { grave } = solve({ ...good, edges: [{ ...first!, port: 'side' }, ...others] }, 'port-unknown');
    expect(grave).toEqual([]);
  });

  it('connections to nowhere go', () => {
    const good = presetDocument('mcn-mnist-tiny');
    const edges = [...good.edges, { id: 'lost', from: 'mc1', to: 'gone', port: 'in' }];
    const lost = { ...good, edges };
    const [fix] = fixesOf(lost, adviceOn(lost)[0]!);
    expect(applyEdit(lost, fix!.edit).document).toEqual(good);
  });

  it('connections to a group go, and groups that make too many layers repeat no more', () => {
    const good = presetDocument('mcn-mnist-tiny');
    const edges = [...good.edges, { id: 'wrong', from: 'mc1', to: 'g', port: 'in' }];
    const grouped = withGroup(good, 'g', ['mc2', 'pool2']);
    const [fix] = fixesOf({ ...grouped, edges }, adviceOn({ ...grouped, edges })[0]!);
    expect(applyEdit({ ...grouped, edges }, fix!.edit).document).toEqual(grouped);
    const inner = withGroup(good, 'g', ['mc2', 'pool2'], { fields: { repeat: 64 }, parent: 'h' });
    const outer = withGroup(inner, 'h', [], { fields: { repeat: 64 } });
    expect(solve(outer, 'group-too-many').left).not.toContain('group-too-many');
  });

  it('a layer of a type that nobody knows goes', () => {
    const good = presetDocument('mcn-mnist-tiny');
    const nodes = good.nodes.map((node) => (node.id === 'pool1' ? { ...node, type: 'warp' } : node));
    expect(solve({ ...good, nodes }, 'type-unknown').grave).toEqual([]);
  });
});

describe('fixes of ends and fields', () => {
  it.each([
    ['input', 'Add Input'],
    ['output', 'Add Output'],
  ])('a missing %s is added and connected', (end, label) => {
    const good = presetDocument('mcn-mnist-tiny');
    const without = {
      ...good,
      nodes: good.nodes.filter(({ type }) => type !== end),
      edges: good.edges.filter(({ from, to }) => from !== end && to !== end),
    };
    const { grave, words } = solve(without, `${end}-missing`);
    expect(words).toBe(label);
    expect(grave).toEqual([]);
  });

  it('a missing output is connected behind the one loose layer also beside groups', () => {
    const good = withGroup(presetDocument('mcn-mnist-tiny'), 'g', ['mc2', 'pool2']);
    const without = {
      ...good,
      nodes: good.nodes.filter(({ id }) => id !== 'output'),
      edges: good.edges.filter(({ to }) => to !== 'output'),
    };
    expect(solve(without, 'output-missing').grave).toEqual([]);
  });

  it('an output that gets a picture gets the head that is missing', () => {
    const document = design([IN, ['a', 'mcconv', { maps: 4 }], ['out', 'output']], ['in-a', 'a-out']);
    expect(solve(document, 'output-needs-vector').grave).toEqual([]);
  });

  it('a picture in front of a dense layer can be flattened, too', () => {
    const document = design(
      [IN, ['a', 'mcconv', { maps: 4 }], ['fc', 'dense', { units: 10 }], ['out', 'output']],
      ['in-a', 'a-fc', 'fc-out'],
    );
    const { after } = solve(document, 'dense-needs-vector', 'Put Flatten in front');
    expect(lower(after, 'mcn').network).not.toBeNull();
  });

  it.each<[code: string, layers: readonly Layer[], field: Record<string, FieldValue>]>([
    [
      'block-narrows',
      [
        ['a', 'mcconv', { maps: 8 }],
        ['b', 'mcn-basic', { maps: 4 }],
      ],
      { maps: 8 },
    ],
    [
      'pad-shrinks',
      [
        ['a', 'mcconv', { maps: 8 }],
        ['b', 'padmaps', { maps: 4 }],
      ],
      { maps: 8 },
    ],
    [
      'bottleneck-channels',
      [
        ['a', 'mcconv', { maps: 8 }],
        ['b', 'wrn-bottleneck', { channels: 30 }],
      ],
      { channels: 32 },
    ],
    [
      'channels-not-maps',
      [
        ['a', 'conv', { channels: 6 }],
        ['b', 'mcconv', { maps: 4 }],
      ],
      { planes: 3 },
    ],
    [
      'kernel-one',
      [
        ['a', 'mcconv', { maps: 8 }],
        ['b', 'mcconv', { maps: 8, kernel: 1 }],
      ],
      { kernel: 3 },
    ],
  ])('%s is solved by %o', (code, layers, field) => {
    const document = design([IN, ...layers, ...HEAD], ['in-a', 'a-b', 'b-gap', 'gap-fc', 'fc-out']);
    const { after, grave } = solve(document, code);
    expect(grave).toEqual([]);
    expect(after.nodes.find(({ id }) => id === 'b')!.fields).toMatchObject(field);
  });

  it('class names that are too many give way', () => {
    const good = presetDocument('mcn-mnist-tiny');
    const nodes = good.nodes.map((node) =>
      node.type === 'output' ? { ...node, fields: { classes: 'cat, dog' } } : node,
    );
    expect(solve({ ...good, nodes }, 'output-class-names').grave).toEqual([]);
  });
});
