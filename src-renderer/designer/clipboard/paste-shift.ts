import type { GraphDocument, Position } from '@shared/graph/document';
import { boundsOf, cardsOverlap, CARD_HEIGHT } from '../layout/card-size';

/** Space between pasted cards and those above them. */
const AIR = 40;

/**
 * How far copied cards are moved when they are put into a design whose cards lie at `taken`: with their middle to the pointer, or without
 * one to below where they were; further down where they would cover others.
 */
export function pasteShift(
  clip: GraphDocument,
  taken: readonly Position[],
  pointer: Position | null,
): Position {
  const corners = clip.nodes.flatMap(({ position }) => position ?? []);
  const bounds = boundsOf(corners);
  if (!bounds) return { x: 0, y: 0 };
  const { left, top, right, bottom } = bounds;
  const shift = pointer
    ? { x: pointer.x - (left + right) / 2, y: pointer.y - (top + bottom) / 2 }
    : { x: 0, y: bottom - top + AIR };
  for (;;) {
    const placed = corners.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y }));
    const covered = taken.filter((other) => placed.some((place) => cardsOverlap(place, other)));
    if (covered.length === 0) return shift;
    shift.y = Math.max(...covered.map(({ y }) => y)) + CARD_HEIGHT + AIR - top;
  }
}
