import type { GraphDocument } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { flowOf, type Flow } from '@shared/graph/flow';

const LABELS: Readonly<Record<Flow, string>> = { right: 'Tidy left to right', down: 'Tidy top to bottom' };

/** The single step that gives every moved card back to the layout, which from then on runs that way; null when nothing would change. */
export function tidy(document: GraphDocument, flow: Flow = flowOf(document)): Edit | null {
  const moved = document.nodes.filter((node) => node.position);
  const turns = flow !== flowOf(document);
  if (moved.length === 0 && !turns) return null;
  return {
    kind: 'batch',
    label: turns ? LABELS[flow] : 'Tidy',
    edits: [
      ...moved.map((node): Edit => ({ kind: 'move', node: node.id, position: null })),
      ...(turns ? [{ kind: 'set-flow', flow } as const] : []),
    ],
  };
}
