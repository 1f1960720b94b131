import type { Position } from '@shared/graph/document';
import type { Bounds } from './card-size';
import type { Places, RoutedEdge } from './routes';

/** Everything that has a place. */
export interface Picture extends Places {
  edges: readonly RoutedEdge[];
}

function between(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

function blendPosition(from: Position, to: Position, share: number): Position {
  return { x: between(from.x, to.x, share), y: between(from.y, to.y, share) };
}

function blendBounds(from: Bounds, to: Bounds, share: number): Bounds {
  return {
    left: between(from.left, to.left, share),
    top: between(from.top, to.top, share),
    right: between(from.right, to.right, share),
    bottom: between(from.bottom, to.bottom, share),
  };
}

/** Each item on its way; what was not there before is where it will be. */
function blendAll<T>(
  from: ReadonlyMap<string, T>,
  to: ReadonlyMap<string, T>,
  blend: (from: T, to: T) => T,
): Map<string, T> {
  return new Map(
    [...to].map(([id, end]) => {
      const start = from.get(id);
      return [id, start === undefined ? end : blend(start, end)];
    }),
  );
}

/** The inner points of a polyline, its middle ones repeated until there are `count`; of a straight line the middle. */
function innerPoints(points: readonly Position[], count: number): Position[] {
  const inner = points.slice(1, -1);
  const middle = inner[inner.length >> 1] ?? blendPosition(points[0]!, points.at(-1)!, 0.5);
  while (inner.length < count) inner.splice(inner.length >> 1, 0, middle);
  return inner;
}

/** A line on its way: its ends stay at its cards, and its bends become those that it will have. */
function blendEdge(
  from: RoutedEdge,
  to: RoutedEdge,
  cards: Picture,
  end: Picture,
  share: number,
): RoutedEdge {
  const atCard = (card: string, point: Position): Position => {
    const [now, then] = [cards.cards.get(card)!, end.cards.get(card)!];
    return { x: point.x + now.x - then.x, y: point.y + now.y - then.y };
  };
  const count = Math.max(from.points.length, to.points.length) - 2;
  const ends = innerPoints(to.points, count);
  const bends = innerPoints(from.points, count).map((bend, index) =>
    blendPosition(bend, ends[index]!, share),
  );
  const points = [atCard(to.from, to.points[0]!), ...bends, atCard(to.to, to.points.at(-1)!)];
  return { ...to, points, label: { ...blendPosition(from.label, to.label, share), anchor: to.label.anchor } };
}

/** What is seen on the way from one picture to another; `share` of the way is behind (0 to 1). */
export function blended(from: Picture, to: Picture, share: number): Picture {
  const cards = blendAll(from.cards, to.cards, (a, b) => blendPosition(a, b, share));
  const frames = blendAll(from.frames, to.frames, (a, b) => blendBounds(a, b, share));
  const now: Picture = { cards, frames, edges: [] };
  const before = new Map(from.edges.map((edge) => [edge.id, edge]));
  const edges = to.edges.map((edge) => {
    const old = before.get(edge.id);
    return old ? blendEdge(old, edge, now, to, share) : edge;
  });
  return { cards, frames, edges };
}
