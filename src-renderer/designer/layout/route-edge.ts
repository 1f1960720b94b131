import type { Position } from '@shared/graph/document';
import { CARD_HEIGHT, CARD_WIDTH, cardBounds, LEAD, ROW_GAP, type Bounds } from './card-size';

/** How a connection is drawn: a polyline of horizontal and vertical pieces, and where its shape is written. */
export interface Route {
  /** From the right edge of the source to the left edge of the target. */
  points: Position[];
  /** Centre of the text. */
  label: Position;
}

/** Text stands this far above what it belongs to. */
const TEXT_RISE = 10;
/** How far above a row a line passes over its cards. */
const ARCH_RISE = 20;
/** From here on a gap between two cards has room for the text on the line itself. */
const TEXT_WIDTH = 84;

/** What frames mean for a connection. */
export interface Surroundings {
  /** The outermost frame around its source that is not around its target, or the source's card; and the same of its target. */
  from: Bounds;
  to: Bounds;
  /** Frames that it has no business in, and the bars of those that it lies in. */
  foreign: readonly Bounds[];
}

function pieceHits(a: Position, b: Position, { left, top, right, bottom }: Bounds): boolean {
  return (
    Math.max(a.x, b.x) > left &&
    Math.min(a.x, b.x) < right &&
    Math.max(a.y, b.y) > top &&
    Math.min(a.y, b.y) < bottom
  );
}

function avoids(points: readonly Position[], obstacles: readonly Bounds[]): boolean {
  return points.every((point, index) => {
    return index === 0 || !obstacles.some((obstacle) => pieceHits(points[index - 1]!, point, obstacle));
  });
}

/** Whether no piece of a polyline runs through a card. */
export function isClear(points: readonly Position[], cards: readonly Position[]): boolean {
  return avoids(points, cards.map(cardBounds));
}

/** Down or up once, at `x`. */
function step(start: Position, end: Position, x: number): Position[] {
  return [start, { x, y: start.y }, { x, y: end.y }, end];
}

/** Along a free lane at `y`, down to it and up from it at `out` and `back`. */
function detour(start: Position, end: Position, y: number, out: number, back: number): Position[] {
  return [start, { x: out, y: start.y }, { x: out, y }, { x: back, y }, { x: back, y: end.y }, end];
}

/** Every way that may be taken, the nicest first. */
function candidates(from: Bounds, to: Bounds, start: Position, end: Position): Position[][] {
  const half = ROW_GAP / 2;
  const out = from.right + LEAD;
  const back = to.left - LEAD;
  const forward = to.left - from.right >= 2 * LEAD;
  const between = from.top < to.top ? (from.bottom + to.top) / 2 : (to.bottom + from.top) / 2;
  const top = Math.min(from.top, to.top);
  const bottom = Math.max(from.bottom, to.bottom);
  // Around cards in a row, below the lane that return lines take.
  const first = forward ? top - ARCH_RISE : to.top - half;
  const lanes = [first, between, to.top - half, to.bottom + half, top - half, bottom + half];
  const detours = lanes.map((y) => detour(start, end, y, out, back));
  if (!forward) return detours;
  const steps = [(from.right + to.left) / 2, back, out].map((x) => step(start, end, x));
  return start.y === end.y ? [[start, end], ...detours] : [...steps, ...detours];
}

function labelOf(points: readonly Position[], from: Position, around: Surroundings): Position {
  if (points.length === 2) {
    const gap = points[1]!.x - points[0]!.x;
    const x = (around.from.right + around.to.left) / 2;
    return { x, y: (gap < TEXT_WIDTH ? from.y : points[0]!.y) - TEXT_RISE };
  }
  if (points.length === 4) return { x: points[1]!.x, y: (points[1]!.y + points[2]!.y) / 2 };
  return { x: (points[2]!.x + points[3]!.x) / 2, y: points[2]!.y - TEXT_RISE };
}

/**
 * Draws a connection between two cards (top left corners) around the others, and around frames where it can. A target in a row below, at
 * the left, is reached by a return line between the rows. When every way is blocked the first one is taken: cards lie above lines.
 */
export function routeEdge(
  from: Position,
  to: Position,
  cards: readonly Position[],
  around: Surroundings = { from: cardBounds(from), to: cardBounds(to), foreign: [] },
): Route {
  const start = { x: from.x + CARD_WIDTH, y: from.y + CARD_HEIGHT / 2 };
  const end = { x: to.x, y: to.y + CARD_HEIGHT / 2 };
  const obstacles = cards.map(cardBounds);
  const ways = candidates(around.from, around.to, start, end);
  const clear = ways.filter((way) => avoids(way, obstacles));
  const points = clear.find((way) => avoids(way, around.foreign)) ?? clear[0] ?? ways[0]!;
  return { points, label: labelOf(points, from, around) };
}
