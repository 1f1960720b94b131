import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '@shared/graph/document';
import { applyEdit, type Edit, type Edited } from '@shared/graph/edit';
import { FLOWS } from '@shared/graph/flow';
import { groupTree, isGroup, MAX_GROUP_DEPTH } from '@shared/graph/groups';
import { removedNodes, removeNodes } from '@shared/graph/remove-nodes';
import { findPreset } from '@shared/network/presets';
import { StudioError } from '@shared/problem';

const start = findPreset('mcn-mnist')!.document;

/** An edit that fits the document, chosen by three numbers; `serial` makes new ids unique. */
function someEdit(
  document: GraphDocument,
  serial: number,
  [kind, pick, value]: [number, number, number],
): Edit {
  const node = document.nodes[pick % document.nodes.length]!;
  const other = document.nodes[value % document.nodes.length]!;
  const edge = document.edges[pick % Math.max(1, document.edges.length)];
  const choices: Edit[] = [
    { kind: 'set-field', node: node.id, field: 'maps', value },
    { kind: 'set-field', node: node.id, field: 'units', value: undefined },
    { kind: 'rename', node: node.id, name: `name ${value}` },
    { kind: 'move', node: node.id, position: value % 3 === 0 ? null : { x: value, y: -value } },
    { kind: 'add-node', node: { id: `new-${serial}`, type: 'relu', name: 'new', fields: {} } },
    { kind: 'connect', edge: { id: `e-${serial}`, from: node.id, to: other.id, port: 'in' } },
    ...(edge ? [{ kind: 'disconnect', edge: edge.id } as const] : []),
    ...(document.nodes.length > 1 ? [removeNodes(document, [node.id])] : []),
    { kind: 'add-node', node: { id: `g-${serial}`, type: 'group', name: 'G', fields: {}, open: true } },
    { kind: 'set-open', node: node.id, open: value % 2 === 0 },
    { kind: 'set-flow', flow: FLOWS[value % 2]! },
    { kind: 'set-parent', node: node.id, parent: null },
    ...document.nodes.filter(isGroup).flatMap((group): Edit[] => [
      { kind: 'set-parent', node: node.id, parent: group.id },
      {
        kind: 'add-node',
        node: { id: `new-${serial}`, type: 'relu', name: 'new', fields: {}, parent: group.id },
      },
    ]),
  ];
  return choices[kind % choices.length]!;
}

/** The edit's outcome; null when it does not fit, as with a group in itself. */
function attempt(document: GraphDocument, edit: Edit): Edited | null {
  try {
    return applyEdit(document, edit);
  } catch (error) {
    if (error instanceof StudioError) return null;
    throw error;
  }
}

describe('applyEdit', () => {
  it('is undone by its inverse, and redone by the inverse of that, for any sequence of edits', () => {
    const three = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(5000));
    fc.assert(
      fc.property(fc.array(three, { maxLength: 25 }), (steps) => {
        const documents = [start];
        const inverses: Edit[] = [];
        for (const [serial, numbers] of steps.entries()) {
          const current = documents.at(-1)!;
          const edited = attempt(current, someEdit(current, serial, numbers));
          if (!edited) continue;
          documents.push(edited.document);
          inverses.push(edited.inverse);
        }
        let current = documents.at(-1)!;
        for (let index = inverses.length - 1; index >= 0; index--) {
          const undone = applyEdit(current, inverses[index]!);
          expect(undone.document).toEqual(documents[index]);
          expect(applyEdit(undone.document, undone.inverse).document).toEqual(current);
          current = undone.document;
        }
      }),
    );
  });

  it('never changes the document it is given', () => {
    const before = structuredClone(start);
    applyEdit(start, removeNodes(start, ['mc1', 'mc2']));
    expect(start).toEqual(before);
  });

  it.each<[string, Edit]>([
    ['edit-missing', { kind: 'rename', node: 'nobody', name: 'x' }],
    ['edit-missing', { kind: 'disconnect', edge: 'nothing' }],
    ['edit-duplicate', { kind: 'add-node', node: start.nodes[0]! }],
    ['edit-connected', { kind: 'remove-node', node: 'mc1' }],
  ])('refuses what does not fit: %s', (code, edit) => {
    expect(() => applyEdit(start, edit)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code }) }),
    );
  });
});

/** Groups in one another, "g1" at the top, with the first convolution in the innermost of `depth`. */
function nested(depth: number): GraphDocument {
  let document = start;
  for (let level = 1; level <= depth; level += 1) {
    const parent = level > 1 ? { parent: `g${level - 1}` } : {};
    const node = { id: `g${level}`, type: 'group', name: `G${level}`, fields: {}, ...parent };
    document = applyEdit(document, { kind: 'add-node', node }).document;
  }
  return applyEdit(document, { kind: 'set-parent', node: 'mc1', parent: `g${depth}` }).document;
}

describe('groups', () => {
  it.each<[string, Edit]>([
    ['edit-no-group', { kind: 'set-parent', node: 'mc2', parent: 'mc1' }],
    ['edit-missing', { kind: 'set-parent', node: 'mc2', parent: 'nowhere' }],
    ['edit-group-loop', { kind: 'set-parent', node: 'g1', parent: 'g3' }],
    ['edit-group-loop', { kind: 'set-parent', node: 'g2', parent: 'g2' }],
    ['edit-not-empty', { kind: 'remove-node', node: 'g3' }],
    ['edit-group', { kind: 'connect', edge: { id: 'e', from: 'g1', to: 'mc2', port: 'in' } }],
    [
      'edit-no-group',
      { kind: 'add-node', node: { id: 'x', type: 'relu', name: 'X', fields: {}, parent: 'mc1' } },
    ],
  ])('refuse what makes no sense: %s', (code, edit) => {
    expect(() => applyEdit(nested(3), edit)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code }) }),
    );
  });

  it('lie in one another so deep and no deeper', () => {
    const { document } = applyEdit(nested(MAX_GROUP_DEPTH - 1), {
      kind: 'add-node',
      node: { id: 'h', type: 'group', name: 'H', fields: {} },
    });
    const filled = applyEdit(document, { kind: 'set-parent', node: 'mc2', parent: 'h' }).document;
    const into = (parent: string): Edit => ({ kind: 'set-parent', node: 'h', parent });
    const deepest = applyEdit(filled, into(`g${MAX_GROUP_DEPTH - 1}`)).document;
    expect(groupTree(deepest).around('mc2')).toHaveLength(MAX_GROUP_DEPTH);
    const around = { id: 'top', type: 'group', name: 'Top', fields: {} };
    const framed = applyEdit(deepest, { kind: 'add-node', node: around }).document;
    expect(() => applyEdit(framed, { kind: 'set-parent', node: 'g1', parent: 'top' })).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'edit-group-depth' }) }),
    );
  });

  it('go with all that is inside, and with the last layer inside them', () => {
    const document = nested(3);
    for (const ids of [['g1'], ['mc1'], ['g2', 'mc1']]) {
      expect([...removedNodes(document, ids)].sort()).toEqual(['g1', 'g2', 'g3', 'mc1']);
      const { document: after, inverse } = applyEdit(document, removeNodes(document, ids));
      expect(after.nodes).toHaveLength(start.nodes.length - 1);
      expect(applyEdit(after, inverse).document).toEqual(document);
    }
  });

  it('that no edit can make are read as far as they make sense', () => {
    const node = (id: string, type: string, parent?: string) => ({
      id,
      type,
      name: id,
      fields: {},
      ...(parent && { parent }),
    });
    const nodes = [
      node('a', 'group', 'b'),
      node('b', 'group', 'a'),
      node('c', 'relu', 'a'),
      node('d', 'relu', 'c'),
    ];
    const tree = groupTree({ ...start, nodes, edges: [] });
    expect(['a', 'b', 'c', 'd'].map((id) => tree.around(id))).toEqual([[], [], ['a'], []]);
    expect(tree.inside('a').map(({ id }) => id)).toEqual(['c']);
    expect(tree.children(null).map(({ id }) => id)).toEqual(['a', 'b', 'd']);
  });
});
