import * as tf from '@tensorflow/tfjs-core';
import { callKernel, registerComposed } from './kernel';
import { maxUnpool, type Pooled } from './max-pool';

/**
 * CombineGradients (dy, dyIndex?, x, a, b, c, other?), `pool` -> a D + b x + c (+ other); a, b, c per channel. D is dy, or with
 * dyIndex what a max-pooling with windows of side `pool` sends back of it.
 */
export const COMBINE_GRADIENTS = 'CombineGradients';

/** A gradient that was never written: a D + b x + c, with constants per channel; D is told beside it. */
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
  pooled: Pooled | null,
  other: tf.Tensor4D | null = null,
): tf.Tensor4D {
  const inputs = { dy, dyIndex: pooled?.index, x, a, b, c, other };
  return callKernel(COMBINE_GRADIENTS, inputs, { pool: pooled?.size ?? 0 })[0] as tf.Tensor4D;
}

/** Registers the kernel as a composition of a backend's own operations. */
export function registerComposedCombineGradients(backendName: string): void {
  type Inputs = Record<'dy' | 'x', tf.Tensor4D> &
    Record<'a' | 'b' | 'c', tf.Tensor> & { dyIndex?: tf.Tensor; other?: tf.Tensor };
  registerComposed(
    COMBINE_GRADIENTS,
    backendName,
    ({ dy, dyIndex, x, a, b, c, other }: Inputs, { pool }: { pool: number }) => {
      const upstream = dyIndex ? maxUnpool(dy, dyIndex, { size: pool, stride: pool }, x.shape) : dy;
      const own = tf.add(tf.add(tf.mul(upstream, a), tf.mul(x, b)), c);
      return other ? tf.add(own, other) : own;
    },
  );
}
