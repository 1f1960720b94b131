import type { ChartAxis } from './chart-series';

/** Share of what is drawn whose values may leave the picture: the steep start would flatten all that follows. */
const START = 0.1;
/** Below this many places everything is shown. */
const FEW = 60;
const MARGIN = 0.05;

/**
 * The stretch of values that an axis shows: all of them once the run has settled, that is after the first tenth of what is drawn, so that
 * later extremes are never cut off. With `whole` (a zoomed chart, or a log axis) the start counts, too.
 * @param columns lines of one axis over common places
 */
export function valueRange(
  columns: readonly (readonly (number | null)[])[],
  axis: ChartAxis,
  whole: boolean,
): [number, number] {
  const places = columns[0]?.length ?? 0;
  const skip = whole || places < FEW ? 0 : Math.floor(places * START);
  let low = Infinity;
  let high = -Infinity;
  for (const column of columns) {
    for (let index = skip; index < column.length; index++) {
      const value = column[index];
      if (value == null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return [axis.min ?? 0, axis.max ?? 1];
  // All values are equal: room in proportion to them, or up to 1 where they are 0.
  const margin = high > low ? (high - low) * MARGIN : Math.abs(high) * MARGIN || 1;
  const bottom = axis.fromMin ? (axis.min ?? 0) : Math.max(axis.min ?? -Infinity, low - margin);
  const top = Math.min(
    axis.max ?? Infinity,
    high + (axis.headroom ? (high - bottom) * axis.headroom : margin),
  );
  return top > bottom ? [bottom, top] : [bottom, bottom + margin];
}

/** The stretch of a log axis: powers of ten around the positive values; one decade when there are none. */
export function logRange(columns: readonly (readonly (number | null)[])[]): [number, number] {
  let low = Infinity;
  let high = 0;
  for (const column of columns) {
    for (const value of column) {
      if (value == null || value <= 0) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (high === 0) return [0.1, 1];
  const from = Math.floor(Math.log10(low));
  const to = Math.max(from + 1, Math.ceil(Math.log10(high)));
  return [10 ** from, 10 ** to];
}
