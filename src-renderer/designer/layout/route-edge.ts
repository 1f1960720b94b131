import type { Position } from '@shared/graph/document';
import type { Flow } from '@shared/graph/flow';
import type { BoundsIndex } from './bounds-index';
import { cardBounds, LEAD, type Bounds } from './card-size';
import { SPACINGS, turned, turnedBounds } from './flow';

/** How a connection is drawn: a polyline of horizontal and vertical pieces, and where its shape is written. */
export interface Route {
  /** From where the source gives to where the target reads. */
  points: Position[];
  label: Label;
}

/** The place of a text: its middle, or the middle of its left edge. */
export interface Label extends Position {
  anchor: 'middle' | 'start';
}

/** Text stands this far above what it belongs to. */
const TEXT_RISE = 10;
/** Text stands this far beside a line that runs down. */
const TEXT_SIDE = 6;
/** How far above a row a line passes over its cards. */
const ARCH_RISE = 20;
/** From here on a gap between two cards has room for the text on the line itself. */
const TEXT_WIDTH = 84;

/** The outermost frame around the source that is not around the target, or the source's card; and the same of the target. */
interface Ends {
  from: Bounds;
  to: Bounds;
}

/** What frames mean for a connection. */
export interface Surroundings extends Ends {
  /** Frames that it has no business in, and the bars of those that it lies in. */
  foreign: BoundsIndex;
}

/** What may be in the way of a line. */
type Obstacles = Pick<BoundsIndex, 'overlaps'>;

/** Whether no piece of a polyline runs through anything. */
export function isClear(points: readonly Position[], obstacles: Obstacles): boolean {
  return points.every((b, index) => {
    if (index === 0) return true;
    const a = points[index - 1]!;
    const piece = {
      left: Math.min(a.x, b.x),
      right: Math.max(a.x, b.x),
      top: Math.min(a.y, b.y),
      bottom: Math.max(a.y, b.y),
    };
    return !obstacles.overlaps(piece);
  });
}

/** Down or up once, at `x`. */
function step(start: Position, end: Position, x: number): Position[] {
  return [start, { x, y: start.y }, { x, y: end.y }, end];
}

/** Along a free lane at `y`, down to it and up from it at `out` and `back`. */
function detour(start: Position, end: Position, y: number, out: number, back: number): Position[] {
  return [start, { x: out, y: start.y }, { x: out, y }, { x: back, y }, { x: back, y: end.y }, end];
}

/** Every way that may be taken by a line to the right, the nicest first. */
function candidates(from: Bounds, to: Bounds, start: Position, end: Position, rowGap: number): Position[][] {
  const half = rowGap / 2;
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

/** Above a line to the right, or above the cards where the gap is too narrow for it; beside the piece of a step that runs down. */
function labelAbove(points: readonly Position[], from: Position, around: Ends): Label {
  if (points.length === 2) {
    const gap = points[1]!.x - points[0]!.x;
    const x = (around.from.right + around.to.left) / 2;
    return { x, y: (gap < TEXT_WIDTH ? from.y : points[0]!.y) - TEXT_RISE, anchor: 'middle' };
  }
  if (points.length === 4) {
    return { x: points[1]!.x + TEXT_SIDE, y: (points[1]!.y + points[2]!.y) / 2, anchor: 'start' };
  }
  return { x: (points[2]!.x + points[3]!.x) / 2, y: points[2]!.y - TEXT_RISE, anchor: 'middle' };
}

/** Beside a line that runs down; of one that turns below the piece that first leads aside. */
function labelBeside(points: readonly Position[], around: Ends): Label {
  if (points.length === 2) {
    const y = (around.from.bottom + around.to.top) / 2;
    return { x: points[0]!.x + TEXT_SIDE, y, anchor: 'start' };
  }
  const [, first, second] = points;
  const rise = points.length === 4 ? -TEXT_RISE : TEXT_RISE;
  return { x: (first!.x + second!.x) / 2, y: first!.y + rise, anchor: 'middle' };
}

/**
 * Draws a connection between two cards (top left corners) around others, and around frames where it can. A target in a row below, at
 * the left, is reached by a return line between the rows; in a design that runs down all of it is turned about the diagonal. When every
 * way is blocked the first one is taken: cards lie above lines.
 */
export function routeEdge(
  from: Position,
  to: Position,
  cards: Obstacles,
  around: Surroundings | null = null,
  flow: Flow = 'right',
): Route {
  const ends = { from: cardBounds(from), to: cardBounds(to) };
  const source = turnedBounds(ends.from, flow);
  const target = turnedBounds(ends.to, flow);
  const start = { x: source.right, y: (source.top + source.bottom) / 2 };
  const end = { x: target.left, y: (target.top + target.bottom) / 2 };
  const wide = around ?? ends;
  const ways = candidates(
    turnedBounds(wide.from, flow),
    turnedBounds(wide.to, flow),
    start,
    end,
    SPACINGS[flow].row,
  ).map((way) => way.map((point) => turned(point, flow)));
  const clear = ways.filter((way) => isClear(way, cards));
  const points = clear.find((way) => !around || isClear(way, around.foreign)) ?? clear[0] ?? ways[0]!;
  return { points, label: flow === 'down' ? labelBeside(points, wide) : labelAbove(points, from, wide) };
}
