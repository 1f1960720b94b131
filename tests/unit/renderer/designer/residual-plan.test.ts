import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '@shared/graph/document';
import { applyEdit } from '@shared/graph/edit';
import { FAMILIES, type Family } from '@shared/graph/family';
import { lower } from '@shared/network/lower';
import { widthsOf, widthsOfFactor } from '@renderer/designer/residual/set-widths';
import { withGroup } from './grouped-documents';
import {
  blockChain,
  dissolved,
  familyOf,
  followed,
  inserted,
  nodeOf,
  plan,
  planned,
  singles,
} from './residual-documents';
import { presetDocument } from './sample-documents';

/** As WRN, a block that was taken apart as MCN keeps the shortcut of an MCN block. */
const MODULATED = ['mcn', 'umcn'] as const;

const mcn20 = presetDocument('mcn-20');

/** The document after a plan; checks that the plan's inverse takes it back and that nothing was lost. */
function after(document: GraphDocument, changes: Parameters<typeof plan>[1]): GraphDocument {
  const { edit, document: changed, lost } = plan(document, changes);
  expect(applyEdit(changed, applyEdit(document, edit).inverse).document).toEqual(document);
  expect(lost).toEqual([]);
  return changed;
}

/** A network as layers of types, shapes and values only. */
function layers(document: GraphDocument, family: Family = 'mcn') {
  return lower(document, family).network!.nodes.map(({ type, values, shape }) => ({ type, values, shape }));
}

function withFields(document: GraphDocument, id: string, fields: object): GraphDocument {
  const nodes = document.nodes.map((node) =>
    node.id === id ? { ...node, fields: { ...node.fields, ...fields } } : node,
  );
  return { ...document, nodes };
}

function refusal(document: GraphDocument, changes: Parameters<typeof plan>[1]): string | undefined {
  const result = planned(document, changes);
  return result.ok ? undefined : result.problems[0]!.message;
}

describe('width', () => {
  const widths = (k: number, document = mcn20) => widthsOfFactor(familyOf(document), k);

  it('a factor makes the networks of the paper of one another', () => {
    expect(widths(4)).toEqual({ stem: 64, stages: [64, 128, 256] });
    const wide = after(mcn20, { widths: widths(4), blocks: [4, 4, 4] });
    for (const family of FAMILIES) {
      expect(layers(wide, family)).toEqual(layers(presetDocument('mcn-28'), family));
    }
  });

  it('one width: the stem stays behind, as in 16-32-64-128', () => {
    const document = after(mcn20, { widths: { stem: 16, stages: [32, 64, 128] } });
    expect(widthsOf(familyOf(document))).toEqual({ stem: 16, stages: [32, 64, 128] });
  });

  it('blocks taken apart follow, with their padding and their shortcuts', () => {
    const parts = ['stage2', 'stage2/block1', 'stage2/block2'];
    const apart = after(dissolved(mcn20, ...parts), { widths: widths(2.5) });
    const whole = after(mcn20, { widths: widths(2.5) });
    for (const family of MODULATED) expect(layers(apart, family)).toEqual(layers(whole, family));
  });

  it('layers put between blocks follow, those of other widths in proportion', () => {
    const conv = withFields(inserted(singles, 'mcconv', 'b2', 'b3'), 'mcconv', { maps: 16 });
    expect(nodeOf(after(conv, { widths: widths(2) }), 'mcconv').fields.maps).toBe(32);
    const apart = withFields(dissolved(singles, 'b2'), 'b2/conv1', { maps: 24 });
    expect(nodeOf(after(apart, { widths: widths(1.5) }), 'b2/conv1').fields.maps).toBe(36);
  });

  it('the head follows where it has the width of the last stage, and never in its classes', () => {
    const padded = withFields(inserted(mcn20, 'padmaps', 'stage3', 'bn'), 'padmaps', { maps: 80 });
    expect(nodeOf(after(padded, { widths: widths(2) }), 'padmaps').fields.maps).toBe(160);
    const conv = withFields(inserted(mcn20, 'conv', 'stage3', 'bn'), 'conv', { channels: 256 });
    expect(nodeOf(after(conv, { widths: widths(2) }), 'conv').fields.channels).toBe(512);
    const own = withFields(conv, 'conv', { channels: 100 });
    expect(nodeOf(after(own, { widths: widths(2) }), 'conv').fields.channels).toBe(100);
    expect(nodeOf(after(presetDocument('mcn-34'), { widths: widths(1) }), 'fc1').fields.units).toBe(512);
  });

  it('what does not fit is refused with the reason', () => {
    expect(refusal(mcn20, { widths: { stem: 16, stages: [16, 8, 64] } })).toBe(
      'MCN blocks do not narrow: behind stage 1, stage 2 needs 16 maps or more.',
    );
    expect(refusal(mcn20, { widths: { stem: 20, stages: [16, 32, 64] } })).toMatch(
      /behind the stem, stage 1/,
    );
    const other = withFields(singles, 'b2', { planes: 8, maps: 8 });
    expect(refusal(other, { widths: { stem: 17, stages: [17, 34] } })).toBe(
      'Stage 1 cannot have 17 maps: its layers need a multiple of 2.',
    );
    expect(refusal(mcn20, { widths: { stem: 16, stages: [16, 32, 5000] } })).toMatch(/Stage 3.*5000/);
  });
});

describe('depth', () => {
  it('of stages is their number of blocks', () => {
    const deep = after(mcn20, { blocks: [5, 5, 5] });
    expect(deep.nodes.map(({ id }) => id)).toEqual(mcn20.nodes.map(({ id }) => id));
    expect(familyOf(deep).depth).toBe(31);
  });

  it('of single blocks grows by copies of the last one that keeps the shape, and shrinks from the end', () => {
    const deep = after(withFields(singles, 'c3', { centers: 4 }), { blocks: [5, 4] });
    expect(followed(deep).slice(2, -3)).toEqual(['b1', 'b2', 'b3', 'b3-2', 'b3-3', 'c1', 'c2', 'c3', 'c3-2']);
    expect(deep.nodes.find(({ name }) => name === 'Block 9')?.fields).toEqual({ maps: 32, centers: 4 });
    const shallow = after(singles, { blocks: [1, 2] });
    expect(followed(shallow).slice(2, -3)).toEqual(['b1', 'c1', 'c2']);
  });

  it('of a single block that changes the shape grows by one that does not', () => {
    const one = blockChain(['c1', 'mcn-basic', 'Block', { maps: 32, stride: 2, centers: 4 }]);
    const deep = after(one, { blocks: [3] });
    expect(
      deep.nodes.filter(({ type }) => type === 'mcn-basic').map(({ name, fields }) => [name, fields]),
    ).toEqual([
      ['Block', { maps: 32, stride: 2, centers: 4 }],
      ['Block 2', { maps: 32, centers: 4 }],
      ['Block 3', { maps: 32, centers: 4 }],
    ]);
    const apart = after(dissolved(one, 'c1'), { blocks: [3] });
    for (const family of MODULATED) expect(layers(apart, family)).toEqual(layers(deep, family));
  });

  it('of a block taken apart grows by copies of its layers, in frames of their own', () => {
    const apart = dissolved(mcn20, 'stage1', 'stage1/block3');
    const deep = after(apart, { blocks: [5, 3, 3] });
    for (const family of FAMILIES) {
      expect(layers(deep, family)).toEqual(layers(after(mcn20, { blocks: [5, 3, 3] }), family));
    }
    expect(deep.nodes.filter(({ parent }) => parent === 'stage1').map(({ name }) => name)).toEqual([
      'Stage 1 / block 1',
      'Stage 1 / block 2',
      'Stage 1 / block 3',
      'Stage 1 / block 4',
      'Stage 1 / block 5',
    ]);
    const shallow = after(apart, { blocks: [1, 3, 3] });
    expect(layers(shallow)).toEqual(layers(after(mcn20, { blocks: [1, 3, 3] })));
  });

  it('of a group that repeats is how often it does', () => {
    const one = withGroup(singles, 'g', ['c2'], { fields: { repeat: 4 } });
    const alone = { ...one, nodes: one.nodes.filter(({ id }) => id !== 'c3') };
    const document = {
      ...alone,
      edges: one.edges
        .filter(({ to }) => to !== 'c3')
        .map((edge) => (edge.from === 'c3' ? { ...edge, from: 'c2' } : edge)),
    };
    expect(nodeOf(after(document, { blocks: [3, 9] }), 'g').fields.repeat).toBe(8);
    expect(nodeOf(after(document, { blocks: [3, 2] }), 'g').fields.repeat).toBe(1);
    const two = withGroup(singles, 'g', ['c2', 'c3'], { fields: { repeat: 2 } });
    expect(nodeOf(after(two, { blocks: [3, 7] }), 'g').fields.repeat).toBe(3);
    expect(refusal(two, { blocks: [3, 6] })).toBe(
      'Group g repeats 2 blocks at once: Stage 2 has 5 blocks and gains or loses 2 at a time.',
    );
  });

  it('a block in a group with more of its own is copied and removed with it', () => {
    const between = inserted(singles, 'dropout', 'c2', 'c3');
    const document = withGroup(between, 'g', ['dropout', 'c3']);
    const deep = after(document, { blocks: [3, 4] });
    expect(deep.nodes.filter(({ type }) => type === 'dropout')).toHaveLength(2);
    expect(followed(deep).slice(-8, -3)).toEqual(['c2', 'dropout', 'c3', 'dropout-2', 'c3-2']);
  });

  it('layers between blocks stay, and plain blocks go first', () => {
    const document = withFields(inserted(singles, 'dropout', 'b2', 'b3'), 'b3', { centers: 4 });
    expect(followed(after(document, { blocks: [2, 3] })).slice(2, 5)).toEqual(['b1', 'dropout', 'b3']);
    expect(followed(after(singles, { blocks: [1, 1] })).slice(2, -3)).toEqual(['b1', 'c1']);
  });

  it('says what is lost with blocks that go', () => {
    const special = withFields(withFields(singles, 'c2', { centers: 4 }), 'c3', { binary: false });
    expect(plan(special, { blocks: [3, 2] }).lost).toEqual([
      { node: 'c3', name: 'Block 6', what: ['float filters'] },
    ]);
    expect(plan(special, { blocks: [3, 1] }).lost.map(({ name }) => name)).toEqual(['Block 5', 'Block 6']);
    const apart = inserted(dissolved(singles, 'c3'), 'dropout', 'c3/relu2', 'c3/conv2');
    const { lost, document } = plan(apart, { blocks: [3, 1] });
    expect(lost).toEqual([{ node: 'c3', name: 'Block 6', what: ['Dropout'] }]);
    expect(document.nodes.some(({ id }) => id.startsWith('c3') || id === 'dropout')).toBe(false);
  });
});
