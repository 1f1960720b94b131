import type { GraphDocument, GraphNode, Position } from '@shared/graph/document';
import { boundsOf, cardsOverlap, ROW_GAP } from './card-size';
import { chainOrder, components } from './components';
import { freePlace } from './free-place';
import { layered } from './layered';
import { chainColumns, wrapChain } from './wrap-chain';
import { wrapLayers } from './wrap-layers';

/**
 * A place for every node, as if none had been moved by hand: chains wrap in rows that suit the free area of the
 * canvas (CSS pixels), everything else stands in layers, and parts that do not hang together lie below each other.
 * Depends on ids and connections only.
 */
export function autoLayout(
  document: GraphDocument,
  free: { width: number; height: number },
): Map<string, Position> {
  const places = new Map<string, Position>();
  let top = 0;
  for (const part of components(document)) {
    const order = chainOrder(part);
    const own = order
      ? wrapChain(order, chainColumns(order.length, free))
      : wrapLayers(part, layered(part), free);
    for (const [id, { x, y }] of own) places.set(id, { x, y: y + top });
    top += boundsOf(own.values())!.bottom + ROW_GAP;
  }
  return places;
}

/**
 * Top left corners of all cards. A node that has a position of its own keeps it; the others stand where the layout puts them, and give
 * way by as little as it takes where a moved card lies, so that none of them covers another card.
 */
export function placeNodes(
  nodes: readonly GraphNode[],
  layout: ReadonlyMap<string, Position>,
): Map<string, Position> {
  const moved = nodes.flatMap((node) => (node.position ? [node.position] : []));
  if (moved.length === 0) return new Map(layout);
  const places = new Map<string, Position>();
  const inTheWay: string[] = [];
  for (const { id, position } of nodes) {
    const place = position ?? layout.get(id)!;
    if (!position && moved.some((other) => cardsOverlap(place, other))) inTheWay.push(id);
    else places.set(id, place);
  }
  for (const id of inTheWay) places.set(id, freePlace(layout.get(id)!, [...places.values()]));
  return places;
}
