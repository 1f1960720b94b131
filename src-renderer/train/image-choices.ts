import { TRAIN_SLICES } from '@shared/training/run-outlook';
import { exactCount } from '@shared/words/format-count';

/** A quick choice of how many training images a run uses. */
export interface ImageChoice {
  label: string;
  /** Value of the setting limitTrain; null: all. */
  limit: number | null;
}

/** "5,000", "20,000" and "all 60,000", as far as the data set has more images than the slice. */
export function imageChoices(trainCount: number): ImageChoice[] {
  const slices = TRAIN_SLICES.filter((slice) => slice < trainCount);
  return [
    ...slices.map((limit) => ({ label: exactCount(limit), limit })),
    { label: `all ${exactCount(trainCount)}`, limit: null },
  ];
}
