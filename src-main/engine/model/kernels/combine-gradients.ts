import * as tf from '@tensorflow/tfjs-core';
import { callKernel, registerComposed } from './kernel';

/**
 * CombineGradients (dy, x, a, b, c, other?) -> a dy + b x + c (+ other); a, b, c per channel.
 */
export const COMBINE_GRADIENTS = 'CombineGradients';

/** A gradient that was never written: a dy + b x + c, with constants per channel; dy is told beside it. */
export interface LazyGradient {
  x: tf.Tensor4D;
  a: tf.Tensor1D;
  b: tf.Tensor1D;
  c: tf.Tensor1D;
}

/** Writes a lazy gradient out, and adds another one to it if there is one. */
export function combineGradients(
  dy: tf.Tensor4D,
  { x, a, b, c }: LazyGradient,
  other: tf.Tensor4D | null = null,
): tf.Tensor4D {
  return callKernel(COMBINE_GRADIENTS, { dy, x, a, b, c, other })[0] as tf.Tensor4D;
}

/** Registers the kernel as a composition of a backend's own operations. */
export function registerComposedCombineGradients(backendName: string): void {
  type Inputs = Record<'dy' | 'x' | 'a' | 'b' | 'c', tf.Tensor> & { other?: tf.Tensor };
  registerComposed(COMBINE_GRADIENTS, backendName, ({ dy, x, a, b, c, other }: Inputs) => {
    const own = tf.add(tf.add(tf.mul(dy, a), tf.mul(x, b)), c);
    return other ? tf.add(own, other) : own;
  });
}
