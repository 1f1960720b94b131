import type { GraphDocument, Position } from '@shared/graph/document';

/** Arrow keys. */
export type Direction = 'left' | 'right' | 'up' | 'down';

function alongEdge(document: GraphDocument, from: string, direction: 'left' | 'right'): string | null {
  const edge =
    direction === 'right'
      ? document.edges.find((other) => other.from === from)
      : document.edges.find((other) => other.to === from);
  return edge ? (direction === 'right' ? edge.to : edge.from) : null;
}

/** The card nearest in height, and among those in the same row the one straight above or below. */
function acrossRows(
  places: ReadonlyMap<string, Position>,
  from: string,
  direction: 'up' | 'down',
): string | null {
  const here = places.get(from);
  if (!here) return null;
  const sign = direction === 'down' ? 1 : -1;
  let best: { id: string; distance: number } | null = null;
  for (const [id, place] of places) {
    const ahead = (place.y - here.y) * sign;
    if (id === from || ahead <= 0) continue;
    const distance = ahead * 2 + Math.abs(place.x - here.x);
    if (!best || distance < best.distance) best = { id, distance };
  }
  return best?.id ?? null;
}

/**
 * Where an arrow key leads from a card: right and left follow the first connection out and in, up and down go to the nearest card
 * there. null at the end.
 */
export function neighbour(
  document: GraphDocument,
  places: ReadonlyMap<string, Position>,
  from: string,
  direction: Direction,
): string | null {
  if (direction === 'left' || direction === 'right') return alongEdge(document, from, direction);
  return acrossRows(places, from, direction);
}
