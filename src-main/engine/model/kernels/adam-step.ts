import * as tf from '@tensorflow/tfjs-core';
import { callKernel, registerComposed } from './kernel';

/**
 * AdamStep (w, gradient, first, second), `rate`, `beta1`, `beta2`, `epsilon`, `step`, `decay`, `absolute` -> [w', first', second'],
 * as torch.optim.Adam (Kingma and Ba, Algorithm 1, with L2 decay), t = `step` counted from 1:
 *
 *     g = gradient + decay w
 *     first' = beta1 first + (1 - beta1) g      second' = beta2 second + (1 - beta2) g^2
 *     w' = w - rate / (1 - beta1^t) first' / (sqrt(second' / (1 - beta2^t)) + epsilon), or |w'| with `absolute`
 */
export const ADAM_STEP = 'AdamStep';

export type AdamAttributes = Readonly<{
  rate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  step: number;
  decay: number;
  absolute: boolean;
}>;

/** A weight with its slots: means of the gradients and of their squares. */
export type AdamTensors = { w: tf.Tensor; first: tf.Tensor; second: tf.Tensor };

/** The weight and its slots after one update; the caller owns them. */
export function adamStep(
  { w, first, second }: AdamTensors,
  gradient: tf.Tensor,
  attributes: AdamAttributes,
): AdamTensors {
  const outputs = callKernel(ADAM_STEP, { w, gradient, first, second }, { ...attributes });
  return { w: outputs[0]!, first: outputs[1]!, second: outputs[2]! };
}

/** The arrays of one update, all of one length; the new ones are written. */
export type AdamArrays = Record<
  'w' | 'gradient' | 'first' | 'second' | 'newW' | 'newFirst' | 'newSecond',
  Float32Array
>;

/** The same over arrays in one pass, for backends whose tensors are such. */
export function adamStepInto(
  { w, gradient, first, second, newW, newFirst, newSecond }: AdamArrays,
  { rate, beta1, beta2, epsilon, step, decay, absolute }: AdamAttributes,
): void {
  const pace = rate / (1 - beta1 ** step);
  const correction = 1 / Math.sqrt(1 - beta2 ** step);
  for (let at = 0; at < w.length; at++) {
    const weight = w[at]!;
    const g = gradient[at]! + decay * weight;
    const mean = beta1 * first[at]! + (1 - beta1) * g;
    const square = beta2 * second[at]! + (1 - beta2) * g * g;
    const moved = weight - (pace * mean) / (Math.sqrt(square) * correction + epsilon);
    newFirst[at] = mean;
    newSecond[at] = square;
    newW[at] = absolute ? Math.abs(moved) : moved;
  }
}

function compute(
  { w, gradient, first, second }: AdamTensors & { gradient: tf.Tensor },
  { rate, beta1, beta2, epsilon, step, decay, absolute }: AdamAttributes,
): tf.Tensor[] {
  const g = decay > 0 ? tf.add(gradient, tf.mul(w, decay)) : gradient;
  const mean = tf.add(tf.mul(first, beta1), tf.mul(g, 1 - beta1));
  const square = tf.add(tf.mul(second, beta2), tf.mul(tf.square(g), 1 - beta2));
  const spread = tf.add(tf.mul(tf.sqrt(square), 1 / Math.sqrt(1 - beta2 ** step)), epsilon);
  const moved = tf.sub(w, tf.div(tf.mul(mean, rate / (1 - beta1 ** step)), spread));
  return [absolute ? tf.abs(moved) : moved, mean, square];
}

/** Registers the kernel as a composition of a backend's own operations. */
export function registerComposedAdamStep(backendName: string): void {
  registerComposed(ADAM_STEP, backendName, compute);
}
