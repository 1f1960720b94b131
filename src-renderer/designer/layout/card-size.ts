import type { Position } from '@shared/graph/document';

/** Size of a node's card in CSS pixels at zoom 1. */
export const CARD_WIDTH = 156;
export const CARD_HEIGHT = 80;

/** Height of the bar with the name of a frame. */
export const FRAME_BAR = 28;

/** Free space inside a frame; above it holds the bar and the shapes of the first row. */
export const FRAME_INSETS = { top: FRAME_BAR + 24, side: 16, bottom: 16 };

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

/** The rectangle of a card with this top left corner. */
export function cardBounds({ x, y }: Position): Bounds {
  return { left: x, top: y, right: x + CARD_WIDTH, bottom: y + CARD_HEIGHT };
}

/** The rectangle of a frame around rectangles that lie in it. */
export function frameAround(inside: readonly Bounds[]): Bounds {
  return {
    left: Math.min(...inside.map(({ left }) => left)) - FRAME_INSETS.side,
    top: Math.min(...inside.map(({ top }) => top)) - FRAME_INSETS.top,
    right: Math.max(...inside.map(({ right }) => right)) + FRAME_INSETS.side,
    bottom: Math.max(...inside.map(({ bottom }) => bottom)) + FRAME_INSETS.bottom,
  };
}

/** Whether two rectangles share an area. */
export function boundsOverlap(a: Bounds, b: Bounds): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The smallest rectangle around points. */
export function pointBounds(points: readonly Position[]): Bounds {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    bounds.left = Math.min(bounds.left, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.right = Math.max(bounds.right, x);
    bounds.bottom = Math.max(bounds.bottom, y);
  }
  return bounds;
}

/** The smallest rectangle around rectangles; null without any. */
export function unionOf(all: readonly Bounds[]): Bounds | null {
  if (all.length === 0) return null;
  return {
    left: Math.min(...all.map(({ left }) => left)),
    top: Math.min(...all.map(({ top }) => top)),
    right: Math.max(...all.map(({ right }) => right)),
    bottom: Math.max(...all.map(({ bottom }) => bottom)),
  };
}

/** The smallest rectangle around cards with these top left corners; null without cards. */
export function boundsOf(corners: Iterable<Position>): Bounds | null {
  return unionOf([...corners].map(cardBounds));
}
