import type { LayerFilters } from '@shared/training/engine-event';
import { areCopies } from '@shared/training/plane-correlation';

const ALIKE = 0.98;

/** What a figure means. */
export interface Meaning {
  text: string;
  tone: 'plain' | 'warning';
}

/** What the mean correlation between the planes of an M-Filter says. */
export function correlationMeaning(layer: Pick<LayerFilters, 'planeCorrelation' | 'planes'>): Meaning {
  const { planes, planeCorrelation } = layer;
  if (planes < 2) return { text: 'One plane only: there is nothing to compare.', tone: 'plain' };
  if (planeCorrelation === null) {
    return { text: 'One value in each plane: there is no pattern to compare.', tone: 'plain' };
  }
  if (areCopies(planeCorrelation)) {
    const text =
      'The planes are copies of each other: the M-Filter does nothing. Start the M-Filters drawn, not from ones.';
    return { text, tone: 'warning' };
  }
  if (planeCorrelation > ALIKE) {
    return { text: 'The planes are much alike: they add little to each other.', tone: 'plain' };
  }
  return { text: 'The planes differ: each brings out something else of the same bits.', tone: 'plain' };
}

/** A mean plane correlation in figures; a dash where there is none to tell. */
export function correlationText(planeCorrelation: number | null, digits: number): string {
  return planeCorrelation === null ? '–' : planeCorrelation.toFixed(digits);
}

/** What the flip rate says, or why there is none. */
export function flipMeaning(layer: Pick<LayerFilters, 'flipRate' | 'centers'>, binary: boolean): string {
  if (!binary) return 'Filters of this network stay float: there are no bits to flip.';
  if (layer.centers.length === 0) return 'Filters are still float; bits come with the first centers.';
  if (layer.flipRate === null) return 'The first binary snapshot: nothing to compare with yet.';
  return 'Share of weights that went over to another center since the snapshot before.';
}
