import type { LayerFilters } from '@shared/training/engine-event';

/** The stretch of M-Filter values that colours stand for. */
export interface ValueScale {
  low: number;
  high: number;
}

/** One scale for the M-Filters of all layers, so that a colour means the same value wherever it stands; 0 to 1 without layers. */
export function modulationScale(layers: readonly Pick<LayerFilters, 'modulation'>[]): ValueScale {
  let low = Infinity;
  let high = -Infinity;
  for (const { modulation } of layers) {
    for (const value of modulation) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low > high ? { low: 0, high: 1 } : { low, high };
}
