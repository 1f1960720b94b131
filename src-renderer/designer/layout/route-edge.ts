import type { Position } from '@shared/graph/document';
import { CARD_HEIGHT, CARD_WIDTH, LEAD, ROW_GAP } from './card-size';

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

function pieceHits(a: Position, b: Position, card: Position): boolean {
  return (
    Math.max(a.x, b.x) > card.x &&
    Math.min(a.x, b.x) < card.x + CARD_WIDTH &&
    Math.max(a.y, b.y) > card.y &&
    Math.min(a.y, b.y) < card.y + CARD_HEIGHT
  );
}

/** Whether no piece of a polyline runs through a card. */
export function isClear(points: readonly Position[], cards: readonly Position[]): boolean {
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1]!;
    const b = points[index]!;
    if (cards.some((card) => pieceHits(a, b, card))) return false;
  }
  return true;
}

/** Down or up once, at `x`. */
function step(start: Position, end: Position, x: number): Position[] {
  return [start, { x, y: start.y }, { x, y: end.y }, end];
}

/** Along a free lane at `y`. */
function detour(start: Position, end: Position, y: number): Position[] {
  const out = start.x + LEAD;
  const back = end.x - LEAD;
  return [start, { x: out, y: start.y }, { x: out, y }, { x: back, y }, { x: back, y: end.y }, end];
}

/** Every way that may be taken, the nicest first. */
function candidates(from: Position, to: Position, start: Position, end: Position): Position[][] {
  const top = Math.min(from.y, to.y);
  const bottom = Math.max(from.y, to.y) + CARD_HEIGHT;
  const half = ROW_GAP / 2;
  const forward = end.x - start.x >= 2 * LEAD;
  const between = from.y < to.y ? (from.y + CARD_HEIGHT + to.y) / 2 : (to.y + CARD_HEIGHT + from.y) / 2;
  // Around cards in a row, below the lane that return lines take.
  const first = forward ? top - ARCH_RISE : to.y - half;
  const lanes = [first, between, to.y - half, to.y + CARD_HEIGHT + half, top - half, bottom + half];
  const detours = lanes.map((y) => detour(start, end, y));
  if (!forward) return detours;
  const steps = [(start.x + end.x) / 2, end.x - LEAD, start.x + LEAD].map((x) => step(start, end, x));
  return start.y === end.y ? [[start, end], ...detours] : [...steps, ...detours];
}

function labelOf(points: readonly Position[], from: Position): Position {
  if (points.length === 2) {
    const gap = points[1]!.x - points[0]!.x;
    const x = points[0]!.x + gap / 2;
    return { x, y: (gap < TEXT_WIDTH ? from.y : points[0]!.y) - TEXT_RISE };
  }
  if (points.length === 4) return { x: points[1]!.x, y: (points[1]!.y + points[2]!.y) / 2 };
  return { x: (points[2]!.x + points[3]!.x) / 2, y: points[2]!.y - TEXT_RISE };
}

/**
 * Draws a connection between two cards (top left corners) around the others. A target in a row below, at the left, is reached by a
 * return line between the rows. When every way is blocked the first one is taken: cards lie above lines.
 */
export function routeEdge(from: Position, to: Position, cards: readonly Position[]): Route {
  const start = { x: from.x + CARD_WIDTH, y: from.y + CARD_HEIGHT / 2 };
  const end = { x: to.x, y: to.y + CARD_HEIGHT / 2 };
  const ways = candidates(from, to, start, end);
  const points = ways.find((way) => isClear(way, cards)) ?? ways[0]!;
  return { points, label: labelOf(points, from) };
}
