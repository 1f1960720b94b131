import type { GraphDocument, GraphEdge } from '@shared/graph/document';

/**
 * The nodes by which a design differs from another state of itself; where none is left of what differs, those at the ends of the
 * connections that differ.
 */
export function changedNodes(before: GraphDocument, after: GraphDocument): string[] {
  // States share what is the same in both.
  const old = new Set(before.nodes);
  const changed = after.nodes.filter((node) => !old.has(node)).map(({ id }) => id);
  if (changed.length > 0) return changed;
  const [edgesBefore, edgesAfter] = [new Set(before.edges), new Set(after.edges)];
  const isShared = (edge: GraphEdge): boolean => edgesBefore.has(edge) && edgesAfter.has(edge);
  const ends = new Set(
    [...before.edges, ...after.edges].filter((edge) => !isShared(edge)).flatMap(({ from, to }) => [from, to]),
  );
  return after.nodes.filter(({ id }) => ends.has(id)).map(({ id }) => id);
}
