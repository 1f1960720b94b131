import type { GraphDocument, GraphEdge } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { removeNodes } from '@shared/graph/remove-nodes';
import { freeEdgeId } from './new-node';

/** Follows the only way back from a node that goes, past others that go; null where it starts or merges. */
function survivorBefore(document: GraphDocument, edge: GraphEdge, gone: ReadonlySet<string>): string | null {
  const seen = new Set<string>();
  let id = edge.from;
  while (gone.has(id)) {
    const incoming = document.edges.filter((other) => other.to === id);
    if (incoming.length !== 1 || seen.has(id)) return null;
    seen.add(id);
    id = incoming[0]!.from;
  }
  return id;
}

/**
 * The single step that removes nodes and closes the gaps: what read a removed node reads the node before it, as far as that is one
 * node. Where several ways meet in a removed node, or none leads to it, the connection is left open and the design says so.
 */
export function removeAndReconnect(document: GraphDocument, ids: readonly string[]): Edit {
  const gone = new Set(ids);
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
