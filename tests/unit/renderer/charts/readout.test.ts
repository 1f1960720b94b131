import { describe, expect, it } from 'vitest';
import type { EpochSeries, StepSeries } from '@renderer/charts/chart-series';
import { readout } from '@renderer/charts/readout';

const looks = { key: 'a', label: 'a', colour: 'teal', axis: 'left', format: String } as const;

describe('legend readout', () => {
  const steps: StepSeries = {
    ...looks,
    kind: 'steps',
    style: 'exact',
    values: Float64Array.of(1, 2, NaN, 4),
  };
  const epochs: EpochSeries = { ...looks, kind: 'epochs', steps: [10, 20], values: [0.5, 0.7] };

  it('is the latest value without a cursor', () => {
    expect(readout(steps, null)).toBe(4);
    expect(readout(epochs, null)).toBe(0.7);
  });

  it('is the exact value under the cursor, or none', () => {
    expect(readout(steps, 1)).toBe(2);
    expect(readout(steps, 2)).toBeNull();
    expect(readout({ ...steps, values: new Float64Array(0) }, null)).toBeNull();
  });

  it('is that of the newest epoch done by then', () => {
    expect(readout(epochs, 8)).toBeNull();
    expect(readout(epochs, 9)).toBe(0.5);
    expect(readout(epochs, 15)).toBe(0.5);
    expect(readout(epochs, 19)).toBe(0.7);
  });
});
