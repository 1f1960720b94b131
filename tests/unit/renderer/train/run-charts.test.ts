import { describe, expect, it } from 'vitest';
import { emptyHistory, foldEvent } from '@shared/training/run-history';
import type { ChartSeries } from '@renderer/charts/chart-series';
import {
  accuracySeries,
  lossSeries,
  memoryAxis,
  percentAxis,
  rateAxis,
  rateSeries,
  runMarks,
  speedSeries,
} from '@renderer/train/run-charts';
import { filterSums } from '@renderer/train/filter-sums';
import { sampleHistory, steps } from './sample-history';

function keys(series: readonly ChartSeries[]): string[] {
  return series.map((item) => item.key);
}

describe('charts of a run', () => {
  const history = sampleHistory();

  it('show the parts of the loss only where there are parts', () => {
    expect(keys(lossSeries(history, 'mcn'))).toEqual(['total', 'softmax', 'filter', 'center', 'discrete']);
    const plain = emptyHistory();
    foldEvent(plain, steps(0, 3, { centerLoss: 0, centerRaw: 0, discreteLoss: 0, discreteRaw: 0 }));
    expect(keys(lossSeries(plain, 'mcn'))).toEqual(['total', 'softmax', 'filter']);
    expect(keys(lossSeries(history, 'umcn'))).toEqual(['total']);
  });

  it('show the parts before their weights, without a total that they do not add up to', () => {
    const weighted = emptyHistory();
    foldEvent(weighted, steps(0, 3, { filterLoss: 0.1, filterRaw: 1000, centerLoss: 0, centerRaw: 7 }));
    const [softmax, filter, center] = lossSeries(weighted, 'mcn', true);
    expect([softmax, filter, center].map((item) => [item!.label, item!.values[0]])).toEqual([
      ['softmax', 1],
      ['filter', 1000],
      ['center', 7],
    ]);
    expect(lossSeries(weighted, 'mcn')[2]!.values[0]).toBe(0.1);
    expect(keys(lossSeries(weighted, 'umcn', true))).toEqual(['total']);
  });

  it('show the rate of M-Filters only where there are some', () => {
    expect(keys(rateSeries(history, 'umcn'))).toEqual(['filters', 'm-filters']);
    expect(keys(rateSeries(history, 'wrn'))).toEqual(['filters']);
  });

  it('hold every step and every epoch', () => {
    const [test, train, batch] = accuracySeries(history);
    expect(test).toMatchObject({ kind: 'epochs', steps: [10, 20], values: [0.97, 0.97] });
    expect(train).toMatchObject({ values: [0.95, 0.95] });
    expect(batch!.values).toHaveLength(25);
    expect(speedSeries(history).map((item) => item.axis)).toEqual(['left', 'right']);
  });

  it('mark when filters became binary above all else', () => {
    const { centers, checkpoints } = runMarks(history);
    expect(centers.map((mark) => [mark.step, mark.word])).toEqual([
      [10, 'binarized'],
      [20, 'refit'],
    ]);
    expect(centers[0]!.rank).toBeGreaterThan(centers[1]!.rank);
    expect(checkpoints.map((mark) => mark.word)).toEqual(['checkpoint', 'checkpoint', 'best']);
  });

  it('label their axes with few digits, and with nothing where a tick has no label', () => {
    expect(percentAxis.labels([0.925, 0.95, NaN, 1])).toEqual(['92.5', '95', '', '100 %']);
    expect(rateAxis.labels([0, 0.025, 0.1 + 0.2, 0.00002])).toEqual(['0', '0.025', '0.3', '2e-5']);
    expect(memoryAxis.labels([0, 512 * 2 ** 20])).toEqual(['0', '512 MiB']);
  });
});

describe('figures over all layers', () => {
  it('are means, of the flips over the layers that have bits', () => {
    const layers = [
      { flipRate: 0.02, reconstructionError: 0.2 },
      { flipRate: null, reconstructionError: 0.4 },
    ];
    expect(filterSums(layers).flipRate).toBe(0.02);
    expect(filterSums(layers).error).toBeCloseTo(0.3, 12);
    expect(filterSums([layers[1]!]).flipRate).toBeNull();
  });
});
