import type { OptimizerState } from '@shared/training/optimizer-state';

/** Sums over the part of an epoch that is done; they make an epoch's means come out alike after a resume. */
export interface EpochSums {
  loss: number;
  correct: number;
  count: number;
  seconds: number;
}

/** Everything that training needs to go on bit-identically from `step`; a checkpoint is this in a file. */
export interface TrainingState {
  /** Steps done. */
  step: number;
  /** Weights and running statistics by "layer/weight". */
  weights: ReadonlyMap<string, Float32Array>;
  optimizer: OptimizerState;
  /** Centers by layer; empty during the warm-up and without binary layers. */
  centers: ReadonlyMap<string, Float32Array>;
  /** Class means of the center loss by class index; empty without one, or before it began. */
  classMeans: ReadonlyMap<string, Float32Array>;
  epoch: EpochSums;
  /** Test accuracy of the best binarized epoch so far (of the best epoch where no layer is binary). */
  bestAccuracy: number | null;
  /** Test accuracy of the last epoch. */
  lastAccuracy: number | null;
  /** Seconds of training so far, over all processes. */
  seconds: number;
}

/** No part of an epoch done. */
export function emptySums(): EpochSums {
  return { loss: 0, correct: 0, count: 0, seconds: 0 };
}
