import type { OptimizerState } from '@shared/training/optimizer-state';
import type { WeightGradients } from './training-pass';

/**
 * Moves weights against their gradients (mcn.md, section 5): all weights but M first with rate eta1; then M with eta2,
 * M <- |M - step| (Eq. 15). It owns its slots, which |.| does not touch.
 */
export interface Optimizer {
  /**
   * One update. Gradients were all taken at the old values; they stay the caller's.
   * @param gradients by weight name; a weight without one is not moved
   * @param rate eta1
   * @param modulationRate eta2
   */
  step(gradients: WeightGradients, rate: number, modulationRate: number): void;

  /** A copy of everything that the next update depends on. */
  read(): Promise<OptimizerState>;

  /**
   * Takes over what {@link read} gave, of the same method and network. A state of no steps and without slots is that of an optimizer
   * which begins: its slots are zeros.
   * @throws StudioError optimizer-mismatch for another method; slots-mismatch when a slot is missing or has another size; nothing is
   * changed then
   */
  write(state: OptimizerState): void;

  dispose(): void;
}
