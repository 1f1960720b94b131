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

/** Cards that are seen smaller than this share of their size cannot be read. */
const READABLE = 0.5;

/** Layers that must stay in one row: between them more than one connection runs. */
interface Stretch {
  boxes: Box[];
  bounds: Bounds;
}

function middleOf(box: Box, places: ReadonlyMap<string, Position>): number {
  return Math.round(places.get(box.id)!.x + box.width / 2);
}

/** From which column to which a connection runs, by the indices of the columns. */
interface Span {
  low: number;
  high: number;
}

/** By column how many spans arrive there from further left, those that lead on to the right included. */
function crossings(spans: readonly Span[], columns: number): number[] {
  const changes = new Array<number>(columns + 1).fill(0);
  for (const { low, high } of spans) {
    changes[low + 1]! += 1;
    changes[high + 1]! -= 1;
  }
  let open = 0;
  return changes.slice(0, columns).map((change) => (open += change));
}

/** The layers of a layout: boxes with one middle, from left to right. */
class Columns {
  readonly boxes: Box[][] = [];
  readonly #indices = new Map<string, number>();

  constructor(
    readonly component: Component<Box>,
    readonly places: ReadonlyMap<string, Position>,
  ) {
    const byMiddle = new Map<number, Box[]>();
    for (const box of component.nodes) {
      const middle = middleOf(box, places);
      const column = byMiddle.get(middle);
      if (column) column.push(box);
      else byMiddle.set(middle, [box]);
    }
    for (const middle of [...byMiddle.keys()].sort((a, b) => a - b)) {
      for (const { id } of byMiddle.get(middle)!) this.#indices.set(id, this.boxes.length);
      this.boxes.push(byMiddle.get(middle)!);
    }
  }

  #span({ from, to }: Link): Span {
    const ends = [this.#indices.get(from)!, this.#indices.get(to)!];
    return { low: Math.min(...ends), high: Math.max(...ends) };
  }

  /** What runs between the columns: every connection by itself, or those that one box begins together. */
  spans(isTogether: boolean): Span[] {
    if (!isTogether) return this.component.edges.map((edge) => this.#span(edge));
    const reach = new Map<string, Span>();
    for (const edge of this.component.edges) {
      const { low, high } = this.#span(edge);
      const known = reach.get(edge.from) ?? { low, high };
      reach.set(edge.from, { low: Math.min(low, known.low), high: Math.max(high, known.high) });
    }
    return [...reach.values()];
  }
}

/** Cuts a layout in layers wherever a single span crosses from left to right. */
function stretches(columns: Columns, spans: readonly Span[]): Stretch[] {
  const crossing = crossings(spans, columns.boxes.length);
  const parts: Stretch[] = [];
  columns.boxes.forEach((column, index) => {
    const bounds = extentOf(column, columns.places);
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

/** Rows of stretches, and how large they are seen. */
interface Wrapping {
  rows: Stretch[][];
  zoom: number;
}

function bestWrapping(parts: Stretch[], free: Size, gap: number): Wrapping {
  let best: Wrapping = { rows: [parts], zoom: zoomOfRows([parts], free, gap) };
  for (const width of widthsToTry(parts)) {
    const rows = rowsOf(parts, width);
    const zoom = zoomOfRows(rows, free, gap);
    if (zoom > best.zoom) best = { rows, zoom };
  }
  return best;
}

/**
 * Breaks a layout in layers into rows where a single connection runs on, like a long chain, so that it is seen as large as possible
 * on a free area of this size (CSS pixels). One that could not be read that way, as a long residual design, is broken also where several
 * connections run on that all begin at one box.
 */
export function wrapLayers(
  component: Component<Box>,
  places: ReadonlyMap<string, Position>,
  free: Size,
  { row: gap }: Pick<Spacing, 'row'>,
): Map<string, Position> {
  const columns = new Columns(component, places);
  const strict = bestWrapping(stretches(columns, columns.spans(false)), free, gap);
  if (strict.zoom >= READABLE) return stack(strict.rows, places, gap);
  const loose = bestWrapping(stretches(columns, columns.spans(true)), free, gap);
  return stack((loose.zoom > strict.zoom ? loose : strict).rows, places, gap);
}
