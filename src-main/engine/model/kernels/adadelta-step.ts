import * as tf from '@tensorflow/tfjs-core';
import { callKernel, registerComposed } from './kernel';

/**
 * AdadeltaStep (w, gradient, squares, updates), `rate`, `rho`, `epsilon`, `decay`, `absolute` -> [w', squares', updates'],
 * as torch.optim.Adadelta (Zeiler, Algorithm 1, with a rate and L2 decay):
 *
 *     g = gradient + decay w      squares' = rho squares + (1 - rho) g^2
 *     d = sqrt(updates + epsilon) / sqrt(squares' + epsilon) g      updates' = rho updates + (1 - rho) d^2
 *     w' = w - rate d, or |w'| with `absolute`
 */
export const ADADELTA_STEP = 'AdadeltaStep';

export type AdadeltaAttributes = Readonly<{
  rate: number;
  rho: number;
  epsilon: number;
  decay: number;
  absolute: boolean;
}>;

/** A weight with its slots: means of the squares of its gradients and of its updates. */
export type AdadeltaTensors = { w: tf.Tensor; squares: tf.Tensor; updates: tf.Tensor };

/** The weight and its slots after one update; the caller owns them. */
export function adadeltaStep(
  { w, squares, updates }: AdadeltaTensors,
  gradient: tf.Tensor,
  attributes: AdadeltaAttributes,
): AdadeltaTensors {
  const outputs = callKernel(ADADELTA_STEP, { w, gradient, squares, updates }, { ...attributes });
  return { w: outputs[0]!, squares: outputs[1]!, updates: outputs[2]! };
}

/** The arrays of one update, all of one length; the new ones are written. */
export type AdadeltaArrays = Record<
  'w' | 'gradient' | 'squares' | 'updates' | 'newW' | 'newSquares' | 'newUpdates',
  Float32Array
>;

/** The same over arrays in one pass, for backends whose tensors are such. */
export function adadeltaStepInto(
  { w, gradient, squares, updates, newW, newSquares, newUpdates }: AdadeltaArrays,
  { rate, rho, epsilon, decay, absolute }: AdadeltaAttributes,
): void {
  for (let at = 0; at < w.length; at++) {
    const weight = w[at]!;
    const g = gradient[at]! + decay * weight;
    const square = rho * squares[at]! + (1 - rho) * g * g;
    const d = Math.sqrt((updates[at]! + epsilon) / (square + epsilon)) * g;
    const moved = weight - rate * d;
    newSquares[at] = square;
    newUpdates[at] = rho * updates[at]! + (1 - rho) * d * d;
    newW[at] = absolute ? Math.abs(moved) : moved;
  }
}

function compute(
  { w, gradient, squares, updates }: AdadeltaTensors & { gradient: tf.Tensor },
  { rate, rho, epsilon, decay, absolute }: AdadeltaAttributes,
): tf.Tensor[] {
  const g = decay > 0 ? tf.add(gradient, tf.mul(w, decay)) : gradient;
  const square = tf.add(tf.mul(squares, rho), tf.mul(tf.square(g), 1 - rho));
  const d = tf.mul(tf.div(tf.sqrt(tf.add(updates, epsilon)), tf.sqrt(tf.add(square, epsilon))), g);
  const moved = tf.sub(w, tf.mul(d, rate));
  const newUpdates = tf.add(tf.mul(updates, rho), tf.mul(tf.square(d), 1 - rho));
  return [absolute ? tf.abs(moved) : moved, square, newUpdates];
}

/** Registers the kernel as a composition of a backend's own operations. */
export function registerComposedAdadeltaStep(backendName: string): void {
  registerComposed(ADADELTA_STEP, backendName, compute);
}
