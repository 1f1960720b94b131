import type { Position } from '@shared/graph/document';

/** Size of a node's card in CSS pixels at zoom 1. */
export const CARD_WIDTH = 156;
export const CARD_HEIGHT = 80;

/** Free space between cards that follow one another in a row. */
export const COLUMN_GAP = 20;

/** Free space between rows; holds the return line of a wrapped chain with its shape, and the shapes of the row below. */
export const ROW_GAP = 72;

/** How far a line leaves a card before it turns. */
export const LEAD = 10;

/** A rectangle on the canvas, in CSS pixels at zoom 1. */
export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Whether two cards with these top left corners share an area. */
export function cardsOverlap(a: Position, b: Position): boolean {
  return Math.abs(a.x - b.x) < CARD_WIDTH && Math.abs(a.y - b.y) < CARD_HEIGHT;
}

/** The smallest rectangle around cards with these top left corners; null without cards. */
export function boundsOf(corners: Iterable<Position>): Bounds | null {
  const all = [...corners];
  if (all.length === 0) return null;
  const xs = all.map(({ x }) => x);
  const ys = all.map(({ y }) => y);
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs) + CARD_WIDTH,
    bottom: Math.max(...ys) + CARD_HEIGHT,
  };
}
