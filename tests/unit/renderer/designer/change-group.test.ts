import { describe, expect, it } from 'vitest';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { MAX_GROUP_DEPTH } from '@shared/graph/groups';
import { DOCUMENT_VERSION, type GraphDocument, type GraphNode } from '@shared/graph/document';
import { putIn, takeOut } from '@renderer/designer/edits/change-group';
import type { Result } from '@shared/problem';

function node(id: string, type: 'relu' | 'group', parent?: string): GraphNode {
  return { id, type, name: id.toUpperCase(), fields: {}, ...(parent !== undefined && { parent }) };
}

const document: GraphDocument = {
  version: DOCUMENT_VERSION,
  nodes: [
    node('a', 'relu'),
    node('outer', 'group'),
    node('b', 'relu', 'outer'),
    node('inner', 'group', 'outer'),
    node('c', 'relu', 'inner'),
  ],
  edges: [],
};

/** What a step does, as "node: parent", after checking that it can be taken back. */
function parents(before: GraphDocument, found: Result<Edit>): string[] {
  if (!found.ok) throw new Error(found.problems[0]!.message);
  const { document: after, inverse } = applyEdit(before, found.value);
  expect(applyEdit(after, inverse).document).toEqual(before);
  return after.nodes.map(({ id, parent }) => `${id}: ${parent ?? ''}`);
}

function labelOf(found: Result<Edit>): string | null {
  return found.ok && found.value.kind === 'batch' ? found.value.label : null;
}

describe('nodes and groups', () => {
  it('part one level at a time, and what they leave empty goes', () => {
    expect(parents(document, takeOut(document, ['b']))).toEqual([
      'a: ',
      'outer: ',
      'b: ',
      'inner: outer',
      'c: inner',
    ]);
    expect(parents(document, takeOut(document, ['c']))).toEqual(['a: ', 'outer: ', 'b: outer', 'c: outer']);
    expect(parents(document, takeOut(document, ['b', 'inner', 'c']))).toEqual([
      'a: ',
      'b: ',
      'inner: ',
      'c: inner',
    ]);
    expect(labelOf(takeOut(document, ['c']))).toBe('Take C out of INNER');
    expect(takeOut(document, ['a', 'outer']).ok).toBe(false);
  });

  it('come together where one group is chosen', () => {
    expect(parents(document, putIn(document, ['a', 'inner']))).toEqual([
      'a: inner',
      'outer: ',
      'b: outer',
      'inner: outer',
      'c: inner',
    ]);
    expect(labelOf(putIn(document, ['a', 'outer']))).toBe('Put A into OUTER');
    expect(putIn(document, ['a', 'b']).ok).toBe(false);
    expect(putIn(document, ['outer', 'b']).ok).toBe(false);
    expect(putIn(document, ['inner']).ok).toBe(false);
  });

  it('say when groups would lie too deep', () => {
    const chain = Array.from({ length: MAX_GROUP_DEPTH }, (_, depth) =>
      node(`g${depth}`, 'group', depth === 0 ? undefined : `g${depth - 1}`),
    );
    const deep = {
      ...document,
      nodes: [...chain, node('x', 'relu', `g${MAX_GROUP_DEPTH - 1}`), node('y', 'relu')],
    };
    const nested = { ...deep, nodes: [...deep.nodes, node('h', 'group'), node('z', 'relu', 'h')] };
    const group = `g${MAX_GROUP_DEPTH - 1}`;
    expect(putIn(deep, ['y', group]).ok).toBe(true);
    const refused = putIn(nested, ['y', group, 'h']);
    expect(refused.ok).toBe(false);
  });
});
