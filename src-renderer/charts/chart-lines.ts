import type { ChartColour, ChartSeries, StepSeries } from './chart-series';
import { smooth, weightOver, type SmoothingRoom } from './smooth';

/** What is stroked for a series: the values of every step, or of some. */
export type LineValues =
  | { kind: 'steps'; values: Float64Array }
  | { kind: 'points'; rows: readonly number[]; values: readonly number[] };

/** A line of a chart and its looks. */
export interface ChartLine {
  key: string;
  colour: ChartColour;
  axis: 'left' | 'right';
  strong: boolean;
  /** Whether single values are marked with dots. */
  dots: boolean;
  data: LineValues;
}

/**
 * The lines of some series in drawing order: faint ones first, so that strong ones lie on top. Which lines there are depends on the kinds
 * of series only.
 * @param smoothing weight of the moving average, 0 to below 1
 * @param room holds smoothed values: lines are valid until it is used again
 */
export function chartLines(
  series: readonly ChartSeries[],
  smoothing: number,
  room: SmoothingRoom,
): ChartLine[] {
  const lines = series.flatMap((item): ChartLine[] => {
    const { key, colour, axis } = item;
    const looks = { colour, axis, dots: false };
    if (item.kind === 'epochs') {
      // What is known after n steps belongs to the row of the last of them.
      const rows = item.steps.map((step) => step - 1);
      return [
        { ...looks, key, strong: true, dots: true, data: { kind: 'points', rows, values: item.values } },
      ];
    }
    const raw: ChartLine = {
      ...looks,
      key: `${key} raw`,
      strong: false,
      data: { kind: 'steps', values: item.values },
    };
    switch (item.style) {
      case 'faint':
        return [raw];
      case 'exact':
        return [{ ...raw, key, strong: true }];
      case 'average':
        return [averaged(raw, item, smoothing, room)];
      case 'smoothed':
        return [raw, averaged(raw, item, smoothing, room)];
    }
  });
  return [...lines.filter((line) => !line.strong), ...lines.filter((line) => line.strong)];
}

function averaged(raw: ChartLine, series: StepSeries, smoothing: number, room: SmoothingRoom): ChartLine {
  const { key, values } = series;
  const weight = weightOver(smoothing, values.length);
  const smoothed = smooth(values, weight, room.take(key, values.length));
  return { ...raw, key, strong: true, data: { kind: 'steps', values: smoothed } };
}
