import type { Position } from '@shared/graph/document';
import { extentOf, zoomOf, type Box } from './box';
import { unionOf, type Bounds } from './card-size';
import type { Component, Link } from './components';
import type { Spacing } from './flow';

interface Size {
  width: number;
  height: number;
}

/** Rows of more widths than this are not tried, so that the time stays in proportion to the size of the design. */
const MOST_WIDTHS = 64;

/** Layers that must stay in one row: between them more than one connection runs. */
interface Stretch {
  boxes: Box[];
  bounds: Bounds;
}

function middleOf(box: Box, places: ReadonlyMap<string, Position>): number {
  return Math.round(places.get(box.id)!.x + box.width / 2);
}

/** By column (its middle) how many connections arrive there from further left, those that lead on to the right included. */
function crossings(
  edges: readonly Link[],
  middles: ReadonlyMap<string, number>,
  columns: readonly number[],
): number[] {
  const indices = new Map(columns.map((middle, index) => [middle, index]));
  const changes = new Array<number>(columns.length + 1).fill(0);
  for (const { from, to } of edges) {
    const ends = [from, to].map((id) => indices.get(middles.get(id)!)!);
    changes[Math.min(...ends) + 1]! += 1;
    changes[Math.max(...ends) + 1]! -= 1;
  }
  let open = 0;
  return columns.map((_, index) => (open += changes[index]!));
}

/** Cuts a layout in layers wherever a single connection crosses from left to right. */
function stretches({ nodes, edges }: Component<Box>, places: ReadonlyMap<string, Position>): Stretch[] {
  const boxes = new Map<number, Box[]>();
  const middles = new Map(nodes.map((box) => [box.id, middleOf(box, places)]));
  for (const box of nodes) {
    const column = boxes.get(middles.get(box.id)!);
    if (column) column.push(box);
    else boxes.set(middles.get(box.id)!, [box]);
  }
  const columns = [...boxes.keys()].sort((a, b) => a - b);
  const crossing = crossings(edges, middles, columns);
  const parts: Stretch[] = [];
  columns.forEach((middle, index) => {
    const column = boxes.get(middle)!;
    const bounds = extentOf(column, places);
    const last = parts.at(-1);
    if (last && (crossing[index]! > 1 || bounds.left < last.bounds.right)) {
      last.boxes.push(...column);
      last.bounds = unionOf([last.bounds, bounds])!;
    } else {
      parts.push({ boxes: [...column], bounds });
    }
  });
  return parts;
}

/** Stretches in rows no wider than `width`, save for a single one that is wider by itself. */
function rowsOf(parts: readonly Stretch[], width: number): Stretch[][] {
  const rows: Stretch[][] = [];
  for (const part of parts) {
    const row = rows.at(-1);
    if (row && part.bounds.right - row[0]!.bounds.left <= width) row.push(part);
    else rows.push([part]);
  }
  return rows;
}

function rowBounds(row: readonly Stretch[]): Bounds {
  return unionOf(row.map(({ bounds }) => bounds))!;
}

/** Widths of rows that end where a stretch does: all of them, or so many that every step is of about the same ratio. */
function widthsToTry(parts: readonly Stretch[]): number[] {
  const left = parts[0]!.bounds.left;
  const widths = parts.map(({ bounds }) => bounds.right - left);
  if (widths.length <= MOST_WIDTHS) return widths;
  const ratio = widths.length ** (1 / (MOST_WIDTHS - 1));
  const indices = Array.from({ length: MOST_WIDTHS }, (_, step) => Math.round(ratio ** step) - 1);
  return [...new Set(indices)].map((index) => widths[index]!);
}

/** How large all rows are seen together when they lie below each other. */
function zoomOfRows(rows: readonly Stretch[][], free: Size, gap: number): number {
  const all = rows.map(rowBounds);
  const right = Math.max(...all.map((bounds) => bounds.right - bounds.left));
  const bottom = all.reduce((sum, bounds) => sum + bounds.bottom - bounds.top + gap, -gap);
  return zoomOf({ left: 0, top: 0, right, bottom }, free);
}

function stack(
  rows: readonly Stretch[][],
  places: ReadonlyMap<string, Position>,
  gap: number,
): Map<string, Position> {
  const wrapped = new Map<string, Position>();
  let below = 0;
  for (const row of rows) {
    const { left, top, bottom } = rowBounds(row);
    for (const { id } of row.flatMap((part) => part.boxes)) {
      const { x, y } = places.get(id)!;
      wrapped.set(id, { x: x - left, y: y - top + below });
    }
    below += bottom - top + gap;
  }
  return wrapped;
}

/**
 * Breaks a layout in layers into rows where a single connection runs on, like a long chain, so that it is seen as large as possible
 * on a free area of this size (CSS pixels).
 */
export function wrapLayers(
  component: Component<Box>,
  places: ReadonlyMap<string, Position>,
  free: Size,
  { row: gap }: Pick<Spacing, 'row'>,
): Map<string, Position> {
  const parts = stretches(component, places);
  let best = { rows: [parts], zoom: zoomOfRows([parts], free, gap) };
  for (const width of widthsToTry(parts)) {
    const rows = rowsOf(parts, width);
    const zoom = zoomOfRows(rows, free, gap);
    if (zoom > best.zoom) best = { rows, zoom };
  }
  return stack(best.rows, places, gap);
}
