import * as tf from '@tensorflow/tfjs-core';
import { StudioError } from '@shared/problem';
import { optimizerLabel, type OptimizerName } from '@shared/training/optimizer-fields';
import type { OptimizerState } from '@shared/training/optimizer-state';
import type { Optimizer } from './optimizer';
import type { WeightGradients } from './training-pass';
import type { Weight } from './weight-store';

/** What one update of one weight depends on, beside its tensors. */
export interface UpdateAttributes {
  rate: number;
  /** Factor of the L2 decay; 0 for weights that are spared. */
  decay: number;
  /** Whether |.| is taken of the result. */
  absolute: boolean;
  /** Number of this update, from 1. */
  step: number;
}

/** A weight and its slots, by slot name. */
export interface UpdatedWeight<Slot extends string> {
  w: tf.Tensor;
  slots: Record<Slot, tf.Tensor>;
}

/** An optimizer that keeps for every trainable weight some tensors of its shape, zeros at first. A method says how they move it. */
export abstract class SlottedOptimizer<Slot extends string> implements Optimizer {
  readonly #slots: ReadonlyMap<string, Record<Slot, tf.Variable>>;
  #steps = 0;

  constructor(
    private readonly method: OptimizerName,
    private readonly slotNames: readonly Slot[],
    private readonly weights: readonly Weight[],
    private readonly weightDecay: number,
  ) {
    this.#slots = new Map(
      weights
        .filter(({ spec }) => spec.trainable)
        .map(({ name, spec }) => [name, perSlot(slotNames, () => zeros(spec.shape))]),
    );
  }

  step(gradients: WeightGradients, rate: number, modulationRate: number): void {
    this.#steps += 1;
    const moved = this.weights.filter(({ name }) => name in gradients);
    for (const weight of moved) {
      if (weight.spec.role !== 'modulation') this.#move(weight, gradients[weight.name]!, rate);
    }
    for (const weight of moved) {
      if (weight.spec.role === 'modulation') this.#move(weight, gradients[weight.name]!, modulationRate);
    }
  }

  async read(): Promise<OptimizerState> {
    const slots = new Map(this.slotNames.map((slot) => [slot as string, new Map<string, Float32Array>()]));
    for (const [name, own] of this.#slots) {
      for (const slot of this.slotNames)
        slots.get(slot)!.set(name, Float32Array.from(await own[slot].data()));
    }
    return { method: this.method, steps: this.#steps, slots };
  }

  write({ method, steps, slots }: OptimizerState): void {
    if (method !== this.method) throw otherMethod(method, this.method);
    const fresh = steps === 0 && slots.size === 0;
    for (const [name, own] of this.#slots) {
      for (const slot of this.slotNames) {
        const found = slots.get(slot)?.get(name)?.length;
        if (!fresh && found !== own[slot].size) throw otherSlot(slot, name, found, own[slot].size);
      }
    }
    this.#steps = steps;
    for (const [name, own] of this.#slots) {
      for (const slot of this.slotNames) {
        tf.tidy(() => {
          const values = slots.get(slot)?.get(name);
          own[slot].assign(values ? tf.tensor(values, own[slot].shape) : tf.zeros(own[slot].shape));
        });
      }
    }
  }

  dispose(): void {
    for (const own of this.#slots.values()) tf.dispose(own);
  }

  /** One update of one weight: new tensors, never an input itself. */
  protected abstract update(
    before: UpdatedWeight<Slot>,
    gradient: tf.Tensor,
    attributes: UpdateAttributes,
  ): UpdatedWeight<Slot>;

  #move({ name, spec, variable }: Weight, gradient: tf.Tensor, rate: number): void {
    const own = this.#slots.get(name)!;
    tf.tidy(() => {
      const after = this.update({ w: variable, slots: own }, gradient, {
        rate,
        decay: spec.decay ? this.weightDecay : 0,
        absolute: spec.role === 'modulation',
        step: this.#steps,
      });
      variable.assign(after.w);
      for (const slot of this.slotNames) own[slot].assign(after.slots[slot]);
    });
  }
}

function zeros(shape: readonly number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zeros([...shape]), false));
}

function perSlot<Slot extends string, T>(names: readonly Slot[], make: () => T): Record<Slot, T> {
  return Object.fromEntries(names.map((slot) => [slot, make()])) as Record<Slot, T>;
}

function otherMethod(found: OptimizerName, own: OptimizerName): StudioError {
  return new StudioError({
    code: 'optimizer-mismatch',
    message: `The checkpoint was trained with ${optimizerLabel(found)}; this run uses ${optimizerLabel(own)}.`,
    fix: `Choose a checkpoint of this run, or train with optimizer=${found}.`,
  });
}

function otherSlot(slot: string, weight: string, found: number | undefined, own: number): StudioError {
  const what = `the ${slot} of ${weight}`;
  return new StudioError({
    code: 'slots-mismatch',
    message:
      found === undefined
        ? `The checkpoint does not hold ${what}.`
        : `The checkpoint holds ${found} values for ${what}; the network needs ${own}.`,
    fix: 'It belongs to another design; choose a checkpoint of this run.',
  });
}
