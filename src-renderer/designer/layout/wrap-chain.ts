import type { Position } from '@shared/graph/document';
import { CARD_HEIGHT, CARD_WIDTH, COLUMN_GAP, ROW_GAP } from './card-size';

/** More cards in a row than this are read no better, however wide the canvas is. */
const MOST_COLUMNS = 40;
const FEWEST_COLUMNS = 2;

/** Width and height of a chain in rows of `columns`. */
function extent(length: number, columns: number): { width: number; height: number } {
  const rows = Math.ceil(length / columns);
  return {
    width: Math.min(length, columns) * (CARD_WIDTH + COLUMN_GAP) - COLUMN_GAP,
    height: rows * (CARD_HEIGHT + ROW_GAP) - ROW_GAP,
  };
}

/**
 * How many cards of a chain to put side by side so that they are seen largest on a free area of this size (CSS pixels), never
 * enlarged; the widest rows among equals, so that lines are few.
 */
export function chainColumns(length: number, free: { width: number; height: number }): number {
  let best = { columns: FEWEST_COLUMNS, zoom: 0 };
  for (let columns = FEWEST_COLUMNS; columns <= Math.min(length, MOST_COLUMNS); columns += 1) {
    const { width, height } = extent(length, columns);
    const zoom = Math.min(1, free.width / width, free.height / height);
    if (zoom >= best.zoom) best = { columns, zoom };
  }
  return best.columns;
}

/** Places a chain in rows that all run from left to right, like lines of text; the first card at 0, 0. */
export function wrapChain(ids: readonly string[], columns: number): Map<string, Position> {
  return new Map(
    ids.map((id, index) => [
      id,
      {
        x: (index % columns) * (CARD_WIDTH + COLUMN_GAP),
        y: Math.floor(index / columns) * (CARD_HEIGHT + ROW_GAP),
      },
    ]),
  );
}
