import type { GraphDocument } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';

/** The single step that takes out connections; null without any. */
export function disconnect(edges: readonly string[]): Edit | null {
  if (edges.length === 0) return null;
  return {
    kind: 'batch',
    label: edges.length === 1 ? 'Disconnect' : `Remove ${edges.length} connections`,
    edits: edges.map((edge): Edit => ({ kind: 'disconnect', edge })),
  };
}

/** The connections that begin or end at one of some nodes. */
export function edgesAt(document: GraphDocument, nodes: ReadonlySet<string>): string[] {
  return document.edges.filter(({ from, to }) => nodes.has(from) || nodes.has(to)).map(({ id }) => id);
}
