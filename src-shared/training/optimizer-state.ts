import type { OptimizerName } from './optimizer-fields';

/** What an optimizer needs to go on bit-identically. */
export interface OptimizerState {
  method: OptimizerName;
  /** Updates done. */
  steps: number;
  /** Slots by slot name, then by weight name; each has the size of its weight. None at all before the first update of a fork with another method. */
  slots: ReadonlyMap<string, ReadonlyMap<string, Float32Array>>;
}
