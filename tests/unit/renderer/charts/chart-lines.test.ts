import { describe, expect, it } from 'vitest';
import type { ChartSeries } from '@renderer/charts/chart-series';
import { chartLines } from '@renderer/charts/chart-lines';
import { SmoothingRoom } from '@renderer/charts/smooth';

const looks = { colour: 'teal', axis: 'left', format: String } as const;

describe('chart lines', () => {
  it('draws a smoothed series twice, the faint raw one beneath all strong ones', () => {
    const series: ChartSeries[] = [
      { ...looks, key: 'test', label: 'test', kind: 'epochs', steps: [3], values: [0.9] },
      {
        ...looks,
        key: 'loss',
        label: 'loss',
        kind: 'steps',
        style: 'smoothed',
        values: Float64Array.of(4, 2, 2),
      },
    ];
    const lines = chartLines(series, 0.5, new SmoothingRoom());
    expect(lines.map((line) => [line.key, line.strong])).toEqual([
      ['loss raw', false],
      ['test', true],
      ['loss', true],
    ]);
    expect(lines[0]!.data.values).toBe(series[1]!.values);
    expect(lines[2]!.data.values[1]).toBeCloseTo(8 / 3, 12);
  });

  it('draws an average, a faint and an exact series once', () => {
    const styles = ['average', 'faint', 'exact'] as const;
    const series = styles.map((style): ChartSeries => ({
      ...looks,
      key: style,
      label: style,
      kind: 'steps',
      style,
      values: Float64Array.of(4, 2),
    }));
    const lines = chartLines(series, 0.5, new SmoothingRoom());
    expect(lines.map((line) => [line.key, line.strong, line.data.values[1]])).toEqual([
      ['faint raw', false, 2],
      ['average', true, (0.5 * 4 + 2) / 1.5],
      ['exact', true, 2],
    ]);
  });

  it('puts the result of an epoch on the row of its last step', () => {
    const series: ChartSeries = {
      ...looks,
      key: 'test',
      label: 'test',
      kind: 'epochs',
      steps: [3, 6],
      values: [1, 2],
    };
    expect(chartLines([series], 0, new SmoothingRoom())[0]!.data).toEqual({
      kind: 'points',
      rows: [2, 5],
      values: [1, 2],
    });
  });
});
