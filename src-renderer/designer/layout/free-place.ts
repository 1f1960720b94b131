import type { Position } from '@shared/graph/document';
import { boundsOverlap, cardBounds, type Bounds } from './card-size';

/** Space that is left between a card or frame and one that gives way to it. */
const AIR = 20;
/** Only the nearest cards decide where to look; beside or below all of them there is always room. */
const NEAREST = 12;

function squaredDistance(a: Position, b: Position): number {
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2;
}

/** 0 for rectangles that touch. */
function gapBetween(a: Bounds, b: Bounds): number {
  const x = Math.max(0, a.left - b.right, b.left - a.right);
  const y = Math.max(0, a.top - b.bottom, b.top - a.bottom);
  return x ** 2 + y ** 2;
}

/** Corners right beside, above and below rectangles, and their combinations. */
function placesAround(wanted: Bounds, others: readonly Bounds[]): Position[] {
  const width = wanted.right - wanted.left;
  const height = wanted.bottom - wanted.top;
  const xs = [wanted.left, ...others.flatMap(({ left, right }) => [left - width - AIR, right + AIR])];
  const ys = [wanted.top, ...others.flatMap(({ top, bottom }) => [top - height - AIR, bottom + AIR])];
  return xs.flatMap((x) => ys.map((y) => ({ x, y })));
}

function moved(bounds: Bounds, { x, y }: Position): Bounds {
  return { left: x, top: y, right: x + bounds.right - bounds.left, bottom: y + bounds.bottom - bounds.top };
}

function lies({ left, top, right, bottom }: Bounds, area: Bounds): boolean {
  return left >= area.left && top >= area.top && right <= area.right && bottom <= area.bottom;
}

/**
 * The top left corner nearest to a wanted one, of those beside the others around it, where a rectangle of that size covers none of `taken`;
 * of those in `area` if it is given and there is one.
 */
export function freeCorner(wanted: Bounds, taken: readonly Bounds[], area?: Bounds): Position {
  const corner = { x: wanted.left, y: wanted.top };
  const isFree = (place: Position): boolean =>
    !taken.some((other) => boundsOverlap(moved(wanted, place), other));
  if (isFree(corner)) return corner;
  const near = taken.toSorted((a, b) => gapBetween(a, wanted) - gapBetween(b, wanted)).slice(0, NEAREST);
  const places = placesAround(wanted, near)
    .toSorted((a, b) => squaredDistance(a, corner) - squaredDistance(b, corner))
    .filter(isFree);
  const found = area && places.find((place) => lies(moved(wanted, place), area));
  return found ?? places[0] ?? { x: corner.x, y: Math.max(...taken.map(({ bottom }) => bottom)) + AIR };
}

/** The place nearest to a wanted one, of those beside the cards around it and if possible in `area`, where a card covers none of `taken`. */
export function freePlace(wanted: Position, taken: readonly Position[], area?: Bounds): Position {
  return freeCorner(cardBounds(wanted), taken.map(cardBounds), area);
}
