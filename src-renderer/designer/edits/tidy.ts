import type { GraphDocument } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';

/** The single step that gives every moved card back to the layout; null when none was moved. */
export function tidy(document: GraphDocument): Edit | null {
  const moved = document.nodes.filter((node) => node.position);
  if (moved.length === 0) return null;
  return {
    kind: 'batch',
    label: 'Tidy',
    edits: moved.map((node): Edit => ({ kind: 'move', node: node.id, position: null })),
  };
}
