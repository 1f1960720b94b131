import type { LayerFilters } from '@shared/training/engine-event';

/** Figures of all layers in one; each layer counts the same, whatever its size. */
export interface FilterSums {
  /** null while no layer has bits that could have flipped. */
  flipRate: number | null;
  error: number;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Means over the layers of a snapshot, which must have one at least. */
export function filterSums(
  layers: readonly Pick<LayerFilters, 'flipRate' | 'reconstructionError'>[],
): FilterSums {
  const flips = layers.map((layer) => layer.flipRate).filter((rate) => rate !== null);
  return {
    flipRate: flips.length > 0 ? mean(flips) : null,
    error: mean(layers.map((layer) => layer.reconstructionError)),
  };
}
