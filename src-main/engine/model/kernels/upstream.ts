import type * as tf from '@tensorflow/tfjs-core';
import { combineGradients, type LazyGradient } from './combine-gradients';
import type { KernelInputs } from './kernel';
import { maxUnpool, type Pooled } from './max-pool';

/**
 * The gradient that reaches a layer, as far as it was written: D = dy, or with `pooled` each dy at its place and zeros around them;
 * with `lazy` it is a D + b x + c.
 */
export interface Upstream {
  dy: tf.Tensor4D;
  pooled: Pooled | null;
  lazy: LazyGradient | null;
}

/** The gradient written out: the same tensor where there is nothing to write. */
export function written(upstream: Upstream): tf.Tensor4D {
  const { dy, pooled, lazy } = upstream;
  if (lazy) return combineGradients(dy, lazy, pooled);
  return pooled ? maxUnpool(dy, pooled.index, { size: pooled.size, stride: pooled.size }, pooled.shape) : dy;
}

/** How a kernel receives the gradient that reaches it: inputs dy, dyIndex, dyX, dyA, dyB, dyC and the attribute `pool`. */
export interface UpstreamInputs {
  dy: tf.Tensor4D;
  dyIndex?: tf.Tensor;
  dyX?: tf.Tensor4D;
  dyA?: tf.Tensor1D;
  dyB?: tf.Tensor1D;
  dyC?: tf.Tensor1D;
}

export function upstreamInputs({ dy, pooled, lazy }: Upstream): KernelInputs {
  return { dy, dyIndex: pooled?.index, dyX: lazy?.x, dyA: lazy?.a, dyB: lazy?.b, dyC: lazy?.c };
}

/** `pool`: side of the windows that dy belongs to, 0 where it belongs to the feature itself. */
export function upstreamAttributes({ pooled }: Upstream): { pool: number } {
  return { pool: pooled?.size ?? 0 };
}

/** The gradient put together again. @param shape of the feature that it is the gradient to */
export function receivedUpstream(
  { dy, dyIndex, dyX, dyA, dyB, dyC }: UpstreamInputs,
  pool: number,
  shape: tf.Tensor4D['shape'],
): Upstream {
  return {
    dy,
    pooled: dyIndex ? { index: dyIndex, size: pool, shape } : null,
    lazy: dyX ? { x: dyX, a: dyA!, b: dyB!, c: dyC! } : null,
  };
}
