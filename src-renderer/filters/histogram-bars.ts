import type { LayerFilters } from '@shared/training/engine-event';

/** One bar of the histogram of latent weights. */
export interface HistogramBar {
  low: number;
  high: number;
  count: number;
  /** Center that weights in the middle of the bar take; null without centers. */
  center: number | null;
}

/** Values at which the nearest center changes: the middles between neighbours. */
export function boundaries(centers: ArrayLike<number>): number[] {
  return Array.from(
    { length: Math.max(0, centers.length - 1) },
    (_, index) => (centers[index]! + centers[index + 1]!) / 2,
  );
}

/** The counts of a histogram as bars, each with the center that its weights take (on a tie the higher one, as Eq. 6 is read). */
export function histogramBars(
  { low, high, counts }: LayerFilters['histogram'],
  centers: Float32Array,
): HistogramBar[] {
  const width = (high - low) / counts.length;
  const edges = boundaries(centers);
  return Array.from(counts, (count, index) => {
    const middle = low + (index + 0.5) * width;
    const center = centers.length === 0 ? null : edges.filter((edge) => middle >= edge).length;
    return { low: low + index * width, high: low + (index + 1) * width, count, center };
  });
}
