import type { Position } from '@shared/graph/document';
import { extentOf, zoomOf, type Box } from './box';
import { COLUMN_GAP, FRAME_GAP, ROW_GAP } from './card-size';

/** More cards in a row than this are read no better, however wide the canvas is. */
const MOST_COLUMNS = 40;
const FEWEST_COLUMNS = 2;

function gapBetween(a: Box, b: Box): number {
  return a.isFrame || b.isFrame ? FRAME_GAP : COLUMN_GAP;
}

function rowWidth(row: readonly Box[]): number {
  return row.reduce((width, box, index) => {
    return width + box.width + (index > 0 ? gapBetween(row[index - 1]!, box) : 0);
  }, 0);
}

/** Rows no wider than `limit`, save for single boxes that are wider by themselves. */
function rowsWithin(boxes: readonly Box[], limit: number): Box[][] {
  const rows: Box[][] = [];
  for (const box of boxes) {
    const row = rows.at(-1);
    if (row && rowWidth([...row, box]) <= limit) row.push(box);
    else rows.push([box]);
  }
  return rows;
}

/** Rows from left to right, like lines of text, in which the lines into all boxes are at one height; the first box's left edge at 0. */
function stack(rows: readonly Box[][]): Map<string, Position> {
  const places = new Map<string, Position>();
  let top = 0;
  for (const row of rows) {
    const above = Math.max(...row.map(({ inlet }) => inlet));
    let x = 0;
    row.forEach((box, index) => {
      if (index > 0) x += gapBetween(row[index - 1]!, box);
      places.set(box.id, { x, y: top + above - box.inlet });
      x += box.width;
    });
    top += above + Math.max(...row.map(({ height, inlet }) => height - inlet)) + ROW_GAP;
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
): Map<string, Position> {
  let best = { places: stack([[...boxes]]), zoom: -1 };
  const most = Math.min(boxes.length, MOST_COLUMNS);
  const limits = new Set(
    boxes.map(({ width }) => width).filter((width) => width > rowWidth(boxes.slice(0, FEWEST_COLUMNS))),
  );
  for (let columns = FEWEST_COLUMNS; columns <= most; columns += 1)
    limits.add(rowWidth(boxes.slice(0, columns)));
  for (const limit of [...limits].sort((a, b) => a - b)) {
    const places = stack(rowsWithin(boxes, limit));
    const zoom = zoomOf(extentOf(boxes, places), free);
    if (zoom >= best.zoom) best = { places, zoom };
  }
  return best.places;
}
