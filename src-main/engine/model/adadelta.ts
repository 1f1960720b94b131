import type * as tf from '@tensorflow/tfjs-core';
import { adadeltaStep } from './kernels/adadelta-step';
import { SlottedOptimizer, type UpdateAttributes, type UpdatedWeight } from './slotted-optimizer';
import type { Weight } from './weight-store';

export interface AdadeltaSettings {
  rho: number;
  epsilon: number;
  weightDecay: number;
}

type Slot = 'mean squared gradient' | 'mean squared update';

/**
 * Adadelta, as torch.optim.Adadelta: every step is as long as the updates were of late, measured in gradients of late:
 *
 *     g <- gradient + decay * w      v <- rho * v + (1 - rho) * g^2
 *     d <- sqrt(u + epsilon) / sqrt(v + epsilon) * g      u <- rho * u + (1 - rho) * d^2      w <- w - rate * d
 */
export class Adadelta extends SlottedOptimizer<Slot> {
  readonly #constants: { rho: number; epsilon: number };

  constructor(weights: readonly Weight[], { rho, epsilon, weightDecay }: AdadeltaSettings) {
    super('adadelta', ['mean squared gradient', 'mean squared update'], weights, weightDecay);
    this.#constants = { rho, epsilon };
  }

  protected update(
    { w, slots }: UpdatedWeight<Slot>,
    gradient: tf.Tensor,
    { rate, decay, absolute }: UpdateAttributes,
  ): UpdatedWeight<Slot> {
    const before = { w, squares: slots['mean squared gradient'], updates: slots['mean squared update'] };
    const updated = adadeltaStep(before, gradient, { rate, decay, absolute, ...this.#constants });
    return {
      w: updated.w,
      slots: { 'mean squared gradient': updated.squares, 'mean squared update': updated.updates },
    };
  }
}
