import type { Position } from '@shared/graph/document';
import { boundsOf, CARD_HEIGHT, CARD_WIDTH, type Bounds } from '../layout/card-size';
import { GRID } from '../edits/move-nodes';

/** How near cards must come to a common line to be drawn to it, in CSS pixels of the screen. */
export const SNAP = 6;

/** A line that dragged cards share with others, from end to end of all of them. */
export interface Guide {
  from: Position;
  to: Position;
}

/** A drag as it is shown: how far the cards go, and why just there. */
export interface Snapped {
  by: Position;
  guides: Guide[];
}

type Axis = 'x' | 'y';

/** The lines of a rectangle across an axis: its first edge, its middle and its last edge. */
function linesOf({ left, top, right, bottom }: Bounds, axis: Axis): number[] {
  return axis === 'x' ? [left, (left + right) / 2, right] : [top, (top + bottom) / 2, bottom];
}

interface Match {
  shift: number;
  line: number;
}

function nearestLine(moving: Bounds, still: readonly Bounds[], axis: Axis, reach: number): Match | null {
  const own = linesOf(moving, axis);
  let best: Match | null = null;
  for (const bounds of still) {
    for (const [index, line] of linesOf(bounds, axis).entries()) {
      // Like lines meet: a left edge a left edge, a middle a middle.
      const shift = line - own[index]!;
      if (Math.abs(shift) <= reach && (!best || Math.abs(shift) < Math.abs(best.shift)))
        best = { shift, line };
    }
  }
  return best;
}

function guideOf(line: number, moving: Bounds, still: readonly Bounds[], axis: Axis): Guide {
  const on = still.filter((bounds) => linesOf(bounds, axis).some((other) => Math.abs(other - line) < 0.5));
  const all = [moving, ...on];
  if (axis === 'x') {
    const ends = [Math.min(...all.map(({ top }) => top)), Math.max(...all.map(({ bottom }) => bottom))];
    return { from: { x: line, y: ends[0]! }, to: { x: line, y: ends[1]! } };
  }
  const ends = [Math.min(...all.map(({ left }) => left)), Math.max(...all.map(({ right }) => right))];
  return { from: { x: ends[0]!, y: line }, to: { x: ends[1]!, y: line } };
}

/**
 * Where a drag of cards by `by` really leads: to the nearest line of another card within `reach` on either axis, else to the grid.
 * `dragged` and `others` are top left corners where the cards lie without the drag.
 */
export function snapDrag(
  dragged: readonly Position[],
  others: readonly Position[],
  by: Position,
  reach: number,
): Snapped {
  const start = boundsOf(dragged);
  if (!start) return { by, guides: [] };
  const moving = (shift: Position): Bounds => ({
    left: start.left + shift.x,
    right: start.right + shift.x,
    top: start.top + shift.y,
    bottom: start.bottom + shift.y,
  });
  const still = others.map(({ x, y }): Bounds => {
    return { left: x, top: y, right: x + CARD_WIDTH, bottom: y + CARD_HEIGHT };
  });
  const toGrid = (value: number): number => Math.round(value / GRID) * GRID;
  const across = nearestLine(moving(by), still, 'x', reach);
  const down = nearestLine(moving(by), still, 'y', reach);
  const snapped = {
    x: across ? by.x + across.shift : toGrid(start.left + by.x) - start.left,
    y: down ? by.y + down.shift : toGrid(start.top + by.y) - start.top,
  };
  const final = moving(snapped);
  return {
    by: snapped,
    guides: [
      ...(across ? [guideOf(across.line, final, still, 'x')] : []),
      ...(down ? [guideOf(down.line, final, still, 'y')] : []),
    ],
  };
}
