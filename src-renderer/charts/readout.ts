import type { ChartSeries } from './chart-series';

/**
 * What the legend shows for a series: its value at a row, or the latest one for null. A series of epochs answers with the newest epoch that
 * was done by then. Null when there is none yet.
 */
export function readout(series: ChartSeries, row: number | null): number | null {
  if (series.kind === 'steps') {
    const value = series.values[row ?? series.values.length - 1];
    return value === undefined || !Number.isFinite(value) ? null : value;
  }
  if (row === null) return series.values.at(-1) ?? null;
  const index = series.steps.findLastIndex((step) => step <= row + 1);
  return index < 0 ? null : series.values[index]!;
}
