import type { GraphDocument, GraphEdge } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { removedNodes, removeNodes } from '@shared/graph/remove-nodes';
import { freeEdgeId } from './new-node';

/** Follows every way back from a node that goes, past others that go; null when they start nowhere, or at several nodes that stay. */
function survivorBefore(document: GraphDocument, edge: GraphEdge, gone: ReadonlySet<string>): string | null {
  const survivors = new Set<string>();
  const seen = new Set<string>();
  const open = [edge.from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (!gone.has(id)) survivors.add(id);
    else if (!seen.has(id))
      open.push(...document.edges.filter(({ to }) => to === id).map(({ from }) => from));
    seen.add(id);
  }
  const [only] = survivors;
  return survivors.size === 1 ? only! : null;
}

/**
 * The single step that removes nodes and closes the gaps: what read a removed node reads the node before it, as far as that is one
 * node. Where ways from several nodes meet in what goes, or none leads to it, the connection is left open and the design says so.
 */
export function removeAndReconnect(document: GraphDocument, ids: readonly string[]): Edit {
  const gone = removedNodes(document, ids);
  const removal = removeNodes(document, ids);
  const reserved: string[] = [];
  // In the place of the old connection, so that the order of merging stays; counted without those that go.
  const kept = document.edges.filter((edge) => !gone.has(edge.from) && !gone.has(edge.to));
  const bridges: Edit[] = [];
  document.edges.forEach((edge, place) => {
    if (!gone.has(edge.from) || gone.has(edge.to)) return;
    const from = survivorBefore(document, edge, gone);
    if (from === null) return;
    const id = freeEdgeId(document, from, edge.to, reserved);
    reserved.push(id);
    const before = kept.filter((other) => document.edges.indexOf(other) < place).length + bridges.length;
    bridges.push({ kind: 'connect', edge: { id, from, to: edge.to, port: edge.port }, index: before });
  });
  if (removal.kind !== 'batch') return removal;
  return { ...removal, edits: [...removal.edits, ...bridges] };
}
