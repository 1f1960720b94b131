import * as tf from '@tensorflow/tfjs-core';
import { sgdStep } from './kernels/sgd-step';
import type { WeightGradients } from './training-pass';
import type { Weight } from './weight-store';

export interface SgdSettings {
  momentum: number;
  weightDecay: number;
}

/**
 * Stochastic gradient descent with Nesterov momentum, as torch.optim.SGD(momentum, nesterov=True, dampening=0):
 *
 *     g <- gradient + decay * w      b <- momentum * b + g      w <- w - rate * (g + momentum * b)
 *
 * All weights but M first with rate eta1; then M with eta2, M <- |M - step| (Eq. 15). The slots b are not touched by |.|.
 * Decay spares what its specification spares. Owns its slots.
 */
export class Sgd {
  readonly #slots = new Map<string, tf.Variable>();

  constructor(
    private readonly weights: readonly Weight[],
    private readonly settings: SgdSettings,
  ) {
    for (const { name, spec } of weights) {
      if (spec.trainable)
        this.#slots.set(
          name,
          tf.tidy(() => tf.variable(tf.zeros([...spec.shape]), false)),
        );
    }
  }

  /**
   * One update. Gradients were all taken at the old values; they stay the caller's.
   * @param gradients by weight name; a weight without one is not moved
   */
  step(gradients: WeightGradients, rate: number, modulationRate: number): void {
    const moved = this.weights.filter(({ name }) => name in gradients);
    for (const weight of moved) {
      if (weight.spec.role !== 'modulation') this.#update(weight, gradients[weight.name]!, rate);
    }
    for (const weight of moved) {
      if (weight.spec.role === 'modulation') this.#update(weight, gradients[weight.name]!, modulationRate);
    }
  }

  /** A copy of every slot, by weight name. */
  async read(): Promise<Map<string, Float32Array>> {
    const values = new Map<string, Float32Array>();
    for (const [name, slot] of this.#slots) values.set(name, Float32Array.from(await slot.data()));
    return values;
  }

  /** Takes over slots from a checkpoint of the same network. */
  write(values: ReadonlyMap<string, Float32Array>): void {
    for (const [name, slot] of this.#slots) {
      const value = values.get(name);
      if (!value) throw new Error(`The checkpoint has no optimizer slot for ${name}`);
      tf.tidy(() => {
        slot.assign(tf.tensor(value, slot.shape));
      });
    }
  }

  dispose(): void {
    for (const slot of this.#slots.values()) slot.dispose();
  }

  #update({ name, spec, variable }: Weight, gradient: tf.Tensor, rate: number): void {
    const { momentum, weightDecay } = this.settings;
    const slot = this.#slots.get(name)!;
    tf.tidy(() => {
      const updated = sgdStep(variable, gradient, slot, {
        rate,
        momentum,
        decay: spec.decay ? weightDecay : 0,
        absolute: spec.role === 'modulation',
      });
      variable.assign(updated.w);
      slot.assign(updated.slot);
    });
  }
}
