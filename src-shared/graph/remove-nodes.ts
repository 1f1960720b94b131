import type { GraphDocument } from './document';
import type { Edit } from './edit';

/** The single step that removes nodes together with every connection they have. */
export function removeNodes(document: GraphDocument, ids: readonly string[]): Edit {
  const gone = new Set(ids);
  const edges = document.edges.filter((edge) => gone.has(edge.from) || gone.has(edge.to));
  return {
    kind: 'batch',
    label: ids.length === 1 ? 'Remove node' : `Remove ${ids.length} nodes`,
    edits: [
      ...edges.map((edge): Edit => ({ kind: 'disconnect', edge: edge.id })),
      ...ids.map((node): Edit => ({ kind: 'remove-node', node })),
    ],
  };
}
