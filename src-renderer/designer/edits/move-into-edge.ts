import type { GraphDocument, Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { fitsIntoEdge } from './insert-into-edge';
import { onGrid } from './move-nodes';
import { putInto } from './splice';

/** Whether a node of the design can be put into a connection: it reads and is read, and is connected to nothing yet. */
export function canMoveIntoEdge(document: GraphDocument, id: string): boolean {
  const node = document.nodes.find((other) => other.id === id);
  return (
    node !== undefined &&
    fitsIntoEdge(node.type) &&
    !document.edges.some(({ from, to }) => from === id || to === id)
  );
}

/**
 * Puts an unconnected node into a connection, as one step. Between cards that the layout places it is placed by the layout too; otherwise
 * its card's top left corner is at `corner`.
 */
export function moveIntoEdge(document: GraphDocument, id: string, edgeId: string, corner: Position): Edit {
  const edge = document.edges.find((other) => other.id === edgeId)!;
  const node = document.nodes.find((other) => other.id === id)!;
  const ends = document.nodes.filter((other) => other.id === edge.from || other.id === edge.to);
  const isKept = ends.some(({ position }) => position);
  return {
    kind: 'batch',
    label: `Put ${node.name} into a connection`,
    edits: [
      { kind: 'move', node: id, position: isKept ? onGrid(corner) : null },
      ...putInto(document, edge, node),
    ],
  };
}
