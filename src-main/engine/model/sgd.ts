import type * as tf from '@tensorflow/tfjs-core';
import { sgdStep } from './kernels/sgd-step';
import { SlottedOptimizer, type UpdateAttributes, type UpdatedWeight } from './slotted-optimizer';
import type { Weight } from './weight-store';

export interface SgdSettings {
  momentum: number;
  weightDecay: number;
}

/**
 * Stochastic gradient descent with Nesterov momentum, as torch.optim.SGD(momentum, nesterov=True, dampening=0):
 *
 *     g <- gradient + decay * w      b <- momentum * b + g      w <- w - rate * (g + momentum * b)
 */
export class Sgd extends SlottedOptimizer<'momentum'> {
  readonly #momentum: number;

  constructor(weights: readonly Weight[], { momentum, weightDecay }: SgdSettings) {
    super('sgd', ['momentum'], weights, weightDecay);
    this.#momentum = momentum;
  }

  protected update(
    { w, slots }: UpdatedWeight<'momentum'>,
    gradient: tf.Tensor,
    { rate, decay, absolute }: UpdateAttributes,
  ): UpdatedWeight<'momentum'> {
    const attributes = { rate, momentum: this.#momentum, decay, absolute };
    const updated = sgdStep(w, gradient, slots.momentum, attributes);
    return { w: updated.w, slots: { momentum: updated.slot } };
  }
}
