import type { Position } from '@shared/graph/document';
import { extentOf, zoomOf, type Box } from './box';
import type { Spacing } from './flow';

/** More cards in a row than this are read no better, however wide the canvas is. */
const MOST_COLUMNS = 40;
const FEWEST_COLUMNS = 2;

function gapBetween(a: Box, b: Box, { frame, follow }: Spacing): number {
  return a.isFrame || b.isFrame ? frame : follow;
}

/** How far the right edge of each box is from the left edge of the first, in a row of all of them. */
function rightEdges(boxes: readonly Box[], spacing: Spacing): number[] {
  const edges: number[] = [];
  boxes.forEach((box, index) => {
    const before = index > 0 ? edges[index - 1]! + gapBetween(boxes[index - 1]!, box, spacing) : 0;
    edges.push(before + box.width);
  });
  return edges;
}

/** Rows no wider than `limit`, save for single boxes that are wider by themselves. */
function rowsWithin(boxes: readonly Box[], rights: readonly number[], limit: number): Box[][] {
  const rows: Box[][] = [];
  let left = 0;
  boxes.forEach((box, index) => {
    const row = rows.at(-1);
    if (row && rights[index]! - left <= limit) row.push(box);
    else {
      rows.push([box]);
      left = rights[index]! - box.width;
    }
  });
  return rows;
}

/** Rows from left to right, like lines of text, in which the lines into all boxes are at one height; the first box's left edge at 0. */
function stack(rows: readonly Box[][], spacing: Spacing): Map<string, Position> {
  const places = new Map<string, Position>();
  let top = 0;
  for (const row of rows) {
    const above = Math.max(...row.map(({ inlet }) => inlet));
    let x = 0;
    row.forEach((box, index) => {
      if (index > 0) x += gapBetween(row[index - 1]!, box, spacing);
      places.set(box.id, { x, y: top + above - box.inlet });
      x += box.width;
    });
    top += above + Math.max(...row.map(({ height, inlet }) => height - inlet)) + spacing.row;
  }
  return places;
}

/**
 * Places a chain in rows so that it is seen largest on a free area of this size (CSS pixels), never enlarged; with the widest rows
 * among equals, so that lines are few. The top left corner is 0, 0.
 */
export function wrapChain(
  boxes: readonly Box[],
  free: { width: number; height: number },
  spacing: Spacing,
): Map<string, Position> {
  let best = { places: stack([[...boxes]], spacing), zoom: -1 };
  const rights = rightEdges(boxes, spacing);
  const least = rights[Math.min(FEWEST_COLUMNS, boxes.length) - 1]!;
  const limits = new Set([
    ...boxes.map(({ width }) => width).filter((width) => width > least),
    ...rights.slice(FEWEST_COLUMNS - 1, MOST_COLUMNS),
  ]);
  for (const limit of [...limits].sort((a, b) => a - b)) {
    const places = stack(rowsWithin(boxes, rights, limit), spacing);
    const zoom = zoomOf(extentOf(boxes, places), free);
    if (zoom >= best.zoom) best = { places, zoom };
  }
  return best.places;
}
