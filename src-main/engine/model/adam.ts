import type * as tf from '@tensorflow/tfjs-core';
import { adamStep } from './kernels/adam-step';
import { SlottedOptimizer, type UpdateAttributes, type UpdatedWeight } from './slotted-optimizer';
import type { Weight } from './weight-store';

export interface AdamSettings {
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
}

type Slot = 'first moment' | 'second moment';

/**
 * Adam with bias correction, as torch.optim.Adam: means of the gradients and of their squares, corrected for their start at zero, t
 * updates done with this one:
 *
 *     g <- gradient + decay * w      m <- beta1 * m + (1 - beta1) * g      v <- beta2 * v + (1 - beta2) * g^2
 *     w <- w - rate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)
 */
export class Adam extends SlottedOptimizer<Slot> {
  readonly #constants: { beta1: number; beta2: number; epsilon: number };

  constructor(weights: readonly Weight[], { beta1, beta2, epsilon, weightDecay }: AdamSettings) {
    super('adam', ['first moment', 'second moment'], weights, weightDecay);
    this.#constants = { beta1, beta2, epsilon };
  }

  protected update(
    { w, slots }: UpdatedWeight<Slot>,
    gradient: tf.Tensor,
    attributes: UpdateAttributes,
  ): UpdatedWeight<Slot> {
    const before = { w, first: slots['first moment'], second: slots['second moment'] };
    const updated = adamStep(before, gradient, { ...attributes, ...this.#constants });
    return { w: updated.w, slots: { 'first moment': updated.first, 'second moment': updated.second } };
  }
}
