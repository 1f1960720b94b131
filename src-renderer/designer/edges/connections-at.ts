import type { GraphDocument } from '@shared/graph/document';
import { groupTree } from '@shared/graph/groups';

/** On which side of a card connections are. */
export type Side = 'in' | 'out';

/** Ids of the connections into and out of a layer, a block or, from and to what is outside of it, a group; in document order. */
export function connectionsAt(document: GraphDocument, node: string): Record<Side, readonly string[]> {
  const inside = new Set([
    node,
    ...groupTree(document)
      .inside(node)
      .map(({ id }) => id),
  ]);
  const across = (here: 'from' | 'to', there: 'from' | 'to'): string[] =>
    document.edges.filter((edge) => inside.has(edge[here]) && !inside.has(edge[there])).map(({ id }) => id);
  return { in: across('to', 'from'), out: across('from', 'to') };
}
