import type { LineValues } from './chart-lines';

/** Columns of a chart over common places; null where a line has no value. */
export interface Decimated {
  /** Rows (steps from 0), ascending. */
  rows: number[];
  lines: (number | null)[][];
}

/**
 * Thins rows `from` to `to` (exclusive) so that at most two per bucket are left, and never drops an extreme: of every bucket each line
 * keeps its smallest and its largest value, in the order in which they came. With one bucket per pixel the picture is the same.
 * @param buckets how many places across, at least 1
 */
export function decimate(lines: readonly LineValues[], from: number, to: number, buckets: number): Decimated {
  const span = to - from;
  if (span <= 2 * buckets) {
    const rows = Array.from({ length: Math.max(0, span) }, (_, index) => from + index);
    return { rows, lines: lines.map((line) => exactValues(line, from, rows.length)) };
  }
  const edges = Array.from(
    { length: buckets + 1 },
    (_, index) => from + Math.floor((index * span) / buckets),
  );
  const rows: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) rows.push(edges[bucket]!, edges[bucket + 1]! - 1);
  return { rows, lines: lines.map((line) => extremes(line, edges)) };
}

function exactValues(line: LineValues, from: number, count: number): (number | null)[] {
  if (line.kind === 'steps') {
    return Array.from(line.values.subarray(from, from + count), (value) =>
      Number.isFinite(value) ? value : null,
    );
  }
  const values = new Array<number | null>(count).fill(null);
  line.rows.forEach((row, index) => {
    if (row >= from && row < from + count) values[row - from] = line.values[index]!;
  });
  return values;
}

function extremes(line: LineValues, edges: readonly number[]): (number | null)[] {
  const found: (number | null)[] = [];
  let at = 0;
  for (let bucket = 0; bucket + 1 < edges.length; bucket++) {
    const begin = edges[bucket]!;
    const end = edges[bucket + 1]!;
    if (line.kind === 'steps') {
      found.push(...extremesOf(line.values, begin, end));
      continue;
    }
    while (at < line.rows.length && line.rows[at]! < begin) at += 1;
    const first = at;
    while (at < line.rows.length && line.rows[at]! < end) at += 1;
    found.push(...extremesOf(line.values, first, at));
  }
  return found;
}

/** Smallest and largest finite value of a stretch in the order of their places; a lone value stands last, where an epoch ends. */
function extremesOf(values: ArrayLike<number>, begin: number, end: number): [number | null, number | null] {
  let low = -1;
  let high = -1;
  for (let index = begin; index < end; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    if (low < 0 || value < values[low]!) low = index;
    if (high < 0 || value > values[high]!) high = index;
  }
  if (low < 0) return [null, null];
  if (low === high) return [null, values[low]!];
  return low < high ? [values[low]!, values[high]!] : [values[high]!, values[low]!];
}
