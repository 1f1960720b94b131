import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isBlockType } from '@shared/blocks/index';
import type { GraphDocument, GraphNode } from '@shared/graph/document';
import { applyEdit } from '@shared/graph/edit';
import { FAMILIES } from '@shared/graph/family';
import { isGroup } from '@shared/graph/groups';
import { lower } from '@shared/network/lower';
import { classCount } from '@shared/network/network';
import { readResidualFamily } from '@shared/network/residual/residual-family';
import { dissolveBlock } from '@renderer/designer/edits/dissolve-block';
import { groupNodes } from '@renderer/designer/edits/group-nodes';
import { insertIntoEdge } from '@renderer/designer/edits/insert-into-edge';
import { planResidual, targetOf, type ResidualTarget } from '@renderer/designer/residual/plan-residual';
import { widthsOfFactor } from '@renderer/designer/residual/set-widths';
import { anyGrouped, partsIn } from './grouped-documents';
import { blockChain, singles } from './residual-documents';
import { presetDocument } from './sample-documents';

const bases: readonly GraphDocument[] = [
  ...['mcn-20', 'mcn-28', 'mcn-34', 'mcn-34-imagenet100'].map(presetDocument),
  singles,
  blockChain(
    ['b1', 'wrn-basic', 'Block 1', { channels: 160 }],
    ['b2', 'wrn-basic', 'Block 2', { channels: 160 }],
    ['c1', 'wrn-bottleneck', 'Block 3', { channels: 320, stride: 2 }],
    ['c2', 'wrn-bottleneck', 'Block 4', { channels: 320 }],
  ),
  blockChain(
    ['s1', 'stage', 'Stage 1', { maps: 16, blocks: 2 }],
    ['b1', 'mcn-basic', 'Block 1', { maps: 16 }],
    ['s2', 'stage', 'Stage 2', { maps: 16, blocks: 2, block: 'wrn-basic' }],
    ['c1', 'mcn-basic', 'Block 2', { maps: 24, stride: 2, planes: 8 }],
  ),
];

/** One thing that a person does to a design by hand; `at` and `to` choose where. */
interface Touch {
  what: 'dissolve' | 'insert' | 'fields' | 'name' | 'move' | 'repeat' | 'group' | 'branch';
  at: number;
  to: number;
}

const touch: fc.Arbitrary<Touch> = fc.record({
  what: fc.constantFrom<Touch['what']>(
    'dissolve',
    'dissolve',
    'insert',
    'insert',
    'fields',
    'name',
    'move',
    'repeat',
    'group',
    'branch',
  ),
  at: fc.nat(10_000),
  to: fc.nat(10_000),
});

function pick<T>(list: readonly T[], at: number): T {
  return list[at % list.length]!;
}

function changeNode(
  document: GraphDocument,
  id: string,
  change: (node: GraphNode) => GraphNode,
): GraphDocument {
  return { ...document, nodes: document.nodes.map((node) => (node.id === id ? change(node) : node)) };
}

function withBranch(document: GraphDocument, at: number): GraphDocument {
  const type = pick(['concat', 'add'], at);
  const edge = pick(document.edges, at);
  const inside = insertIntoEdge(document, type, edge.id, { x: 0, y: 0 });
  const wired = applyEdit(document, inside.edit).document;
  const side = { id: `side${wired.edges.length}`, from: edge.from, to: inside.node, port: 'in' };
  return { ...wired, edges: [...wired.edges, side] };
}

function repeated(document: GraphDocument, ids: readonly string[], repeat: number): GraphDocument {
  const grouping = groupNodes(document, ids);
  if (!grouping.ok) return document;
  const { edit, group } = grouping.value;
  return changeNode(applyEdit(document, edit).document, group, (node) => ({ ...node, fields: { repeat } }));
}

/** The document with one thing done by hand, named "By hand …" where it can be recognised again. */
function touched(document: GraphDocument, { what, at, to }: Touch, number: number): GraphDocument {
  const layers = document.nodes.filter((node) => !isGroup(node) && !['input', 'output'].includes(node.type));
  const node = pick(layers, at);
  const edge = pick(document.edges, at);
  const blocks = layers.filter(({ type }) => isBlockType(type));
  const mark = `By hand ${'ABCDEF'[number]!}`;
  const neighbours = [edge.from, edge.to].filter((id) => layers.some((layer) => layer.id === id));
  switch (what) {
    case 'dissolve': {
      const block = blocks.length > 0 ? pick(blocks, at) : null;
      const parts = block && partsIn(document, block);
      return block && parts ? applyEdit(document, dissolveBlock(document, block, parts)).document : document;
    }
    case 'insert': {
      const type = pick(['dropout', 'relu', 'batchnorm', 'mcconv', 'conv', 'mcn-basic'], to);
      const insertion = insertIntoEdge(document, type, edge.id, { x: 0, y: 0 });
      const wired = applyEdit(document, insertion.edit).document;
      const inner = pick([document.nodes.find(({ id }) => id === edge.from)?.parent, undefined], to);
      const fields: GraphNode['fields'] =
        type === 'mcconv' || type === 'mcn-basic' ? { maps: pick([16, 24, 32, 64], at) } : {};
      return changeNode(wired, insertion.node, (one) => {
        return { ...one, name: mark, fields, ...(inner !== undefined && { parent: inner }) };
      });
    }
    case 'fields': {
      const modulated = layers.filter(({ type }) => ['mcconv', 'mcn-basic', 'stage'].includes(type));
      const fields = pick<GraphNode['fields']>([{ centers: 4 }, { binary: false }], to);
      return modulated.length === 0
        ? document
        : changeNode(document, pick(modulated, at).id, (one) => {
            return { ...one, fields: { ...one.fields, ...fields } };
          });
    }
    case 'name':
      return changeNode(document, node.id, (one) => ({ ...one, name: mark }));
    case 'move':
      return changeNode(document, node.id, (one) => ({ ...one, position: { x: to, y: at } }));
    case 'repeat':
      return repeated(document, [node.id], 2 + (to % 3));
    case 'group':
      return repeated(document, neighbours.length > 0 ? neighbours : [node.id], 1 + (to % 2));
    case 'branch':
      return withBranch(document, at);
  }
}

/** A design with up to six things done by hand; what cannot be built any more is left out. */
const anyResidual: fc.Arbitrary<GraphDocument> = fc
  .record({ base: fc.constantFrom(...bases), touches: fc.array(touch, { maxLength: 6 }) })
  .map(({ base, touches }) =>
    touches.reduce((document, one, index) => {
      const next = touched(document, one, index);
      return lower(next, 'mcn').network ? next : document;
    }, base),
  );

/** What is wanted: a factor or widths of one's own, and numbers of blocks. */
interface Wish {
  factor: number | null;
  width: [stage: number, maps: number];
  blocks: (number | null)[];
}

const wish: fc.Arbitrary<Wish> = fc.record({
  factor: fc.constantFrom(null, 0.25, 0.5, 1, 1.5, 2, 2.75, 4),
  width: fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 300 })),
  blocks: fc.array(fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }), {
    minLength: 16,
    maxLength: 16,
  }),
});

function wanted(document: GraphDocument, { factor, width: [at, maps], blocks }: Wish) {
  const reading = readResidualFamily(document, lower(document, 'mcn'));
  if (!reading || !('family' in reading)) return null;
  const { family } = reading;
  const now = targetOf(family);
  const stages = now.widths.stages.map((width, index) => (index === at ? maps : width));
  const widths = factor === null ? { ...now.widths, stages } : widthsOfFactor(family, factor);
  const target: ResidualTarget = {
    widths,
    blocks: now.blocks.map((count, index) => blocks[index % blocks.length] ?? count),
  };
  return { family, target };
}

it('a change of width and depth can be built, can be taken back, and loses nothing made by hand without saying so', () => {
  const outcomes = { done: 0, refused: 0, lost: 0 };
  fc.assert(
    fc.property(anyResidual, wish, (document, wishes) => {
      const want = wanted(document, wishes);
      if (!want) return;
      const result = planResidual(document, want.family, want.target, 'Change');
      if (!result.ok) {
        outcomes.refused += 1;
        return;
      }
      outcomes.done += 1;
      const { edit, document: after, lost } = result.value;
      const applied = applyEdit(document, edit);
      expect(applied.document).toEqual(after);
      expect(applyEdit(after, applied.inverse).document).toEqual(document);
      for (const family of FAMILIES) {
        const before = lower(document, family);
        if (!before.network) continue;
        const { network, problems } = lower(after, family);
        expect(problems.length).toBeLessThanOrEqual(before.problems.length);
        expect(classCount(network!)).toBe(classCount(before.network));
      }
      const reading = readResidualFamily(after, lower(after, 'mcn'));
      const got = reading && 'family' in reading ? targetOf(reading.family) : null;
      expect(got?.blocks).toEqual(want.target.blocks);
      for (const [index, { carriers, channels }] of want.family.stages.entries()) {
        // A width that only branches give together is met as nearly as they can.
        if (!carriers.some((carrier) => carrier.channels === channels)) continue;
        expect(got?.widths.stages[index]).toBe(want.target.widths.stages[index]);
      }
      const kept = new Set(after.nodes.map(({ id }) => id));
      const said = lost.flatMap(({ name, what }) => [name, ...what]).join('\n');
      for (const { id, name } of document.nodes) {
        if (kept.has(id) || !/^By hand [A-F]$/.test(name)) continue;
        expect(said).toContain(name);
        outcomes.lost += 1;
      }
      for (const node of after.nodes.filter(({ id }) => document.nodes.some((one) => one.id === id))) {
        const { name, position, parent } = document.nodes.find(({ id }) => id === node.id)!;
        expect([node.name, node.position]).toEqual([name, position]);
        if (parent !== undefined && kept.has(parent)) expect(node.parent).toBe(parent);
      }
    }),
    { numRuns: 150 },
  );
  expect(outcomes.done).toBeGreaterThan(outcomes.refused);
  expect(outcomes.lost).toBeGreaterThan(0);
});

it('a change to what a design is already changes nothing', () => {
  fc.assert(
    fc.property(anyResidual, (document) => {
      const want = wanted(document, { factor: 1, width: [0, 1], blocks: [null] });
      if (!want) return;
      const plan = planResidual(document, want.family, targetOf(want.family), 'Change');
      expect(plan.ok && plan.value).toMatchObject({ edit: { edits: [] }, document, lost: [] });
    }),
    { numRuns: 200 },
  );
});

it('any design can be read', () => {
  fc.assert(
    fc.property(anyGrouped, (document) => {
      readResidualFamily(document, lower(document, 'mcn'));
    }),
    { numRuns: 200 },
  );
});
