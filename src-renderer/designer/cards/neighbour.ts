import type { GraphDocument, Position } from '@shared/graph/document';
import { flowOf, type Flow } from '@shared/graph/flow';

/** Arrow keys. */
export type Direction = 'left' | 'right' | 'up' | 'down';

function alongEdge(document: GraphDocument, from: string, way: 'out' | 'in'): string | null {
  const edge = document.edges.find((other) => (way === 'out' ? other.from : other.to) === from);
  return edge ? (way === 'out' ? edge.to : edge.from) : null;
}

/** The card nearest in that direction, and among those straight beside, above or below the nearest one. */
function nearest(places: ReadonlyMap<string, Position>, from: string, direction: Direction): string | null {
  const here = places.get(from);
  if (!here) return null;
  const [along, across] =
    direction === 'up' || direction === 'down' ? (['y', 'x'] as const) : (['x', 'y'] as const);
  const sign = direction === 'down' || direction === 'right' ? 1 : -1;
  let best: { id: string; distance: number } | null = null;
  for (const [id, place] of places) {
    const ahead = (place[along] - here[along]) * sign;
    if (id === from || ahead <= 0) continue;
    const distance = ahead * 2 + Math.abs(place[across] - here[across]);
    if (!best || distance < best.distance) best = { id, distance };
  }
  return best?.id ?? null;
}

/** Keys that follow connections: the other two go to the nearest card. */
const KEYS: Readonly<Record<Flow, { out: Direction; in: Direction }>> = {
  right: { out: 'right', in: 'left' },
  down: { out: 'down', in: 'up' },
};

/** Whether an arrow key goes along connections in a design, and which way; null: across. */
export function wayAlong(document: GraphDocument, direction: Direction): 'in' | 'out' | null {
  const keys = KEYS[flowOf(document)];
  return direction === keys.out ? 'out' : direction === keys.in ? 'in' : null;
}

/**
 * Where an arrow key leads from a card. Right and left, in a design that runs down these are down and up, follow the first connection out
 * and in; the others go to the nearest card there. null at the end.
 */
export function neighbour(
  document: GraphDocument,
  places: ReadonlyMap<string, Position>,
  from: string,
  direction: Direction,
): string | null {
  const way = wayAlong(document, direction);
  return way === null ? nearest(places, from, direction) : alongEdge(document, from, way);
}
