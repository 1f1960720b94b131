import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldValue } from '@shared/fields/field';
import { blocks, type BlockType } from '@shared/blocks/index';
import { chain } from '@shared/graph/chain';
import type { GraphDocument } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { FAMILIES, type Family } from '@shared/graph/family';
import { groupTree, isGroup, MAX_GROUP_DEPTH } from '@shared/graph/groups';
import { blockParts } from '@shared/network/block-parts';
import { lower } from '@shared/network/lower';
import type { Network } from '@shared/network/network';
import { dissolveBlock } from '@renderer/designer/edits/dissolve-block';
import { groupNodes } from '@renderer/designer/edits/group-nodes';
import { insertNode } from '@renderer/designer/edits/insert-node';
import { movedInside } from '@renderer/designer/edits/move-nodes';
import { removeAndReconnect } from '@renderer/designer/edits/remove-and-reconnect';
import { ungroup } from '@renderer/designer/edits/ungroup';
import { fixesForProblem } from '@renderer/designer/fixes/fixes-for-problem';
import { anyGrouped, partsIn, withGroup } from './grouped-documents';
import { presetDocument } from './sample-documents';

const mnist = presetDocument('mcn-mnist-tiny');

/** Applies an edit and checks that its inverse takes it back. */
function applied(document: GraphDocument, edit: Edit): GraphDocument {
  const { document: after, inverse } = applyEdit(document, edit);
  expect(applyEdit(after, inverse).document).toEqual(document);
  return after;
}

function grouped(document: GraphDocument, ids: readonly string[]) {
  const result = groupNodes(document, ids);
  if (!result.ok) throw new Error(result.problems[0]!.message);
  return { after: applied(document, result.value.edit), group: result.value.group };
}

function refusal(document: GraphDocument, ids: readonly string[]): string | undefined {
  const result = groupNodes(document, ids);
  return result.ok ? undefined : result.problems[0]!.code;
}

function nodeOf(document: GraphDocument, id: string) {
  return document.nodes.find((node) => node.id === id)!;
}

/** A network without where its layers come from, which is all that taking a block apart changes. */
function withoutOrigins({ nodes }: Network) {
  return nodes.map((node) => ({ ...node, origin: null }));
}

describe('grouping', () => {
  it('frames the selection in one step and leaves the network as it is', () => {
    const { after, group } = grouped(mnist, ['pool2', 'mc2', 'mc3']);
    expect(
      groupTree(after)
        .children(group)
        .map(({ id }) => id),
    ).toEqual(['mc2', 'pool2', 'mc3']);
    expect(nodeOf(after, group)).toMatchObject({ type: 'group', name: 'Group', open: true });
    expect(lower(after, 'mcn').network).toEqual(lower(mnist, 'mcn').network);
  });

  it('nests: in the innermost group around all, and around groups as a whole', () => {
    const outer = grouped(mnist, ['mc1', 'pool1', 'mc2']);
    const inner = grouped(outer.after, ['mc1', 'pool1']);
    expect(groupTree(inner.after).around('mc1')).toEqual([inner.group, outer.group]);
    expect(nodeOf(inner.after, inner.group).name).toBe('Group 2');
    const both = grouped(outer.after, ['mc1', 'pool1', 'mc2', 'pool2']);
    expect(groupTree(both.after).around('mc1')).toEqual([outer.group, both.group]);
    expect(grouped(outer.after, [outer.group, 'mc1', 'pool2']).after).toEqual(both.after);
  });

  it('is refused for nothing, for a part of a group with others, and too deep', () => {
    expect(refusal(mnist, [])).toBe('group-nothing');
    expect(refusal(withGroup(mnist, 'g', ['mc1', 'pool1']), ['mc1', 'mc2'])).toBe('group-in-part');
    let document = mnist;
    for (let depth = 0; depth < MAX_GROUP_DEPTH; depth += 1) document = grouped(document, ['mc1']).after;
    expect(refusal(document, ['mc1'])).toBe('group-depth');
  });

  it('and ungrouping give back the same design in any graph', () => {
    fc.assert(
      fc.property(anyGrouped, fc.array(fc.nat({ max: 28 }), { maxLength: 6 }), (document, picks) => {
        const ids = [...new Set(picks.map((pick) => document.nodes[pick % document.nodes.length]!.id))];
        const result = groupNodes(document, ids);
        fc.pre(result.ok);
        const after = applied(document, result.value.edit);
        const back = ungroup(after, nodeOf(after, result.value.group));
        expect(back.ok && applied(after, back.value)).toEqual(document);
      }),
    );
  });

  it('is not taken back while the group repeats: the copies would be lost', () => {
    const document = withGroup(mnist, 'g', ['mc2'], { fields: { repeat: 2 } });
    const result = ungroup(document, nodeOf(document, 'g'));
    expect(!result.ok && result.problems[0]!.code).toBe('ungroup-repeats');
  });
});

/** A design around one block, narrow enough for every width that is tried. */
function around(type: BlockType, fields: Readonly<Record<string, FieldValue>>): GraphDocument {
  return chain([
    ['in', 'input', 'Input', { height: 16, width: 16 }],
    ['first', 'mcconv', 'First', { maps: 2 }],
    ['block', type, 'Block', fields],
    ['gap', 'globalavgpool', 'Pool'],
    ['fc', 'dense', 'Dense', { units: 10 }],
    ['out', 'output', 'Output'],
  ]);
}

const tries: readonly [BlockType, Readonly<Record<string, FieldValue>>][] = [
  ['mcn-basic', { maps: 2 }],
  ['mcn-basic', { maps: 5, stride: 2, centers: 3 }],
  ['wrn-basic', { channels: 8 }],
  ['wrn-basic', { channels: 12, stride: 2 }],
  ['wrn-bottleneck', { channels: 16, stride: 2 }],
  ['stage', { maps: 4, blocks: 3, stride: 2 }],
  ['stage', { block: 'wrn-basic', maps: 3, blocks: 2 }],
  ['stage', { block: 'wrn-bottleneck', maps: 3, blocks: 2, planes: 4 }],
  ['mc-bn-relu-pool', { maps: 3, planes: 2 }],
  ['bn-relu-pool', { size: 4 }],
];

/** Takes every block of a design apart, one level after the other. */
function dissolved(document: GraphDocument, family: Family): GraphDocument {
  const block = document.nodes.find((node) => Object.hasOwn(blocks, node.type));
  if (!block) return document;
  const edit = dissolveBlock(document, block, partsIn(document, block, family)!);
  return dissolved(applied(document, edit), family);
}

describe('taking a block apart', () => {
  it('is tried for every block there is', () => {
    expect(new Set(tries.map(([type]) => type))).toEqual(new Set(Object.keys(blocks)));
  });

  it.each(tries)('%s %o: the network stays the same, ids and names included', (type, fields) => {
    const document = around(type, fields);
    for (const family of FAMILIES) {
      const before = lower(document, family).network!;
      const after = dissolved(document, family);
      const { network, problems } = lower(after, family);
      expect(problems).toEqual([]);
      expect(withoutOrigins(network!)).toEqual(withoutOrigins(before));
      expect(after.nodes.filter((node) => Object.hasOwn(blocks, node.type))).toEqual([]);
    }
  });

  it('goes down one level: a stage becomes a group of blocks, with K still from Input', () => {
    const document = around('stage', { maps: 4, blocks: 2 });
    const edit = dissolveBlock(
      document,
      nodeOf(document, 'block'),
      partsIn(document, nodeOf(document, 'block'))!,
    );
    const after = applied(document, edit);
    expect(groupTree(after).children('block')).toEqual([
      {
        id: 'block/block1',
        type: 'mcn-basic',
        name: 'Block / block 1',
        fields: { maps: 4 },
        parent: 'block',
      },
      {
        id: 'block/block2',
        type: 'mcn-basic',
        name: 'Block / block 2',
        fields: { maps: 4 },
        parent: 'block',
      },
    ]);
    expect(isGroup(nodeOf(after, 'block'))).toBe(true);
    expect(after.edges.map(({ from, to }) => `${from}>${to}`)).toEqual([
      'in>first',
      'first>block/block1',
      'block/block1>block/block2',
      'block/block2>gap',
      'gap>fc',
      'fc>out',
    ]);
  });

  it('finds other ids and names where those are taken', () => {
    const document = around('bn-relu-pool', {});
    const taken = { id: 'block/bn', type: 'relu', name: 'Block / BatchNorm', fields: {} };
    const crowded = { ...document, nodes: [...document.nodes, taken] };
    const after = dissolved(crowded, 'mcn');
    expect(new Set(after.nodes.map(({ id }) => id)).size).toBe(after.nodes.length);
    expect(new Set(after.nodes.map(({ name }) => name)).size).toBe(after.nodes.length);
  });

  it('keeps the order in which a merge behind it reads', () => {
    const base = around('bn-relu-pool', { size: 1 });
    const add = { id: 'cat', type: 'concat', name: 'Cat', fields: {} };
    const edges = [
      ...base.edges.filter(({ from }) => from !== 'block'),
      { id: 'a', from: 'first', to: 'cat', port: 'in' },
      { id: 'b', from: 'block', to: 'cat', port: 'in' },
      { id: 'c', from: 'first', to: 'cat', port: 'in' },
      { id: 'd', from: 'cat', to: 'gap', port: 'in' },
    ];
    const document = { ...base, nodes: [...base.nodes, add], edges };
    const before = lower(document, 'mcn').network!;
    const after = lower(dissolved(document, 'mcn'), 'mcn').network!;
    const inputs = (network: Network) => network.nodes.find(({ id }) => id === 'cat')!.inputs;
    expect(inputs(after)).toEqual(inputs(before));
  });

  it('is refused where the copies that a group makes of it differ, and while its input is not known', () => {
    const repeated = (fields: Readonly<Record<string, FieldValue>>) =>
      withGroup(around('mcn-basic', fields), 'g', ['block'], { fields: { repeat: 2 } });
    const codeOf = (document: GraphDocument) => {
      const parts = blockParts(document, nodeOf(document, 'block'), lower(document, 'mcn'), 'mcn');
      return parts.ok ? null : parts.problems[0]!.code;
    };
    expect(codeOf(repeated({ maps: 2 }))).toBeNull();
    expect(codeOf(repeated({ maps: 3 }))).toBe('block-copies-differ');
    const cut = around('mcn-basic', { maps: 2 });
    expect(codeOf({ ...cut, edges: cut.edges.slice(1) })).toBe('block-input-unknown');
    expect(codeOf(around('mcn-basic', { maps: 1 }))).toBe('block-narrows');
    expect(codeOf(around('mcn-basic', { maps: 0 }))).toBe('field-value');
  });

  it('in a group that repeats gives the same network up to ids and names', () => {
    const document = withGroup(around('mcn-basic', { maps: 2 }), 'g', ['block'], { fields: { repeat: 3 } });
    const shapes = (design: GraphDocument) =>
      lower(design, 'mcn').network!.nodes.map(({ type, values, inputShapes, shape }) => ({
        type,
        values,
        inputShapes,
        shape,
      }));
    expect(shapes(dissolved(document, 'mcn'))).toEqual(shapes(document));
  });
});

describe('groups in other edits', () => {
  const document = withGroup(mnist, 'g', ['mc2', 'pool2', 'mc3'], { open: true });

  it('a group is removed with all that is inside, and the gap is closed', () => {
    const after = applied(document, removeAndReconnect(document, ['g']));
    expect(after.edges.find(({ to }) => to === 'pool3')!.from).toBe('pool1');
    expect(after.nodes).toHaveLength(mnist.nodes.length - 3);
  });

  it('so is a residual block, whose ways all come from one layer', () => {
    const block = dissolved(around('mcn-basic', { maps: 2 }), 'mcn');
    const after = applied(block, removeAndReconnect(block, ['block']));
    expect(after.edges.find(({ to }) => to === 'gap')!.from).toBe('first');
    expect(lower(after, 'mcn').problems).toEqual([]);
  });

  it('a layer is added in the group of the selected one, and behind a selected group', () => {
    const inside = insertNode(document, 'relu', 'mc2', new Map());
    expect(nodeOf(applied(document, inside.edit), inside.node).parent).toBe('g');
    const behind = insertNode(document, 'relu', 'g', new Map());
    const after = applied(document, behind.edit);
    expect(nodeOf(after, behind.node).parent).toBeUndefined();
    expect(after.edges.find(({ to }) => to === behind.node)!.from).toBe('mc3');
    expect(after.edges.find(({ from }) => from === behind.node)!.to).toBe('pool3');
  });

  it('a closed group takes along what was moved inside it', () => {
    const moved = applied(document, { kind: 'move', node: 'mc3', position: { x: 500, y: 60 } });
    const inside = movedInside(moved, new Map([['g', { x: 0, y: 0 }]]), new Map([['g', { x: 40, y: -20 }]]));
    expect([...inside]).toEqual([['mc3', { x: 540, y: 40 }]]);
  });

  it.each([
    ['group-many-outputs', { repeat: 2 }, 'Set Repeat to 1'],
    ['field-value', { repeat: 0 }, 'Use the default'],
  ])('%s has a way out at a press', (code, fields, label) => {
    const skip = { id: 'skip', from: 'mc2', to: 'stray', port: 'in' };
    const stray = { id: 'stray', type: 'relu', name: 'Stray', fields: {} };
    const broken = {
      ...document,
      nodes: [...document.nodes, stray].map((node) => (node.id === 'g' ? { ...node, fields } : node)),
      edges: [...document.edges, skip],
    };
    const problem = lower(broken, 'mcn').problems.find((other) => other.code === code)!;
    const context = { document: broken, shapes: lower(broken, 'mcn').shapes, planes: 4 };
    const fix = fixesForProblem(problem, context)[0]!;
    expect(fix.label).toBe(label);
    const codes = lower(applied(broken, fix.edit), 'mcn').problems.map((other) => other.code);
    expect(codes).not.toContain(code);
  });
});
