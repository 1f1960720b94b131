import type { GraphDocument, Position } from '@shared/graph/document';
import { nodeKind } from '@shared/blocks/node-kinds';
import type { Insertion } from './insert-node';
import { onGrid } from './move-nodes';
import { newNode } from './new-node';
import { spliceInto } from './splice';

/** Whether a node of a type can stand in a connection: it reads and is read. */
export function fitsIntoEdge(type: string): boolean {
  return type !== 'output' && (nodeKind(type)?.inputs.length ?? 0) > 0;
}

/**
 * Adds a node of a type into a connection, as one step. Between cards that the layout places it is placed by the layout too; otherwise its
 * card's top left corner is at `corner`.
 */
export function insertIntoEdge(
  document: GraphDocument,
  type: string,
  edgeId: string,
  corner: Position,
): Insertion {
  const edge = document.edges.find(({ id }) => id === edgeId)!;
  const ends = document.nodes.filter(({ id }) => id === edge.from || id === edge.to);
  const moved = ends.some(({ position }) => position);
  const place = moved ? onGrid(corner) : undefined;
  const node = newNode(document, type, place);
  const index = document.nodes.findIndex(({ id }) => id === edge.from) + 1;
  return {
    edit: { kind: 'batch', label: `Add ${node.name}`, edits: spliceInto(document, edge, node, index) },
    node: node.id,
  };
}
