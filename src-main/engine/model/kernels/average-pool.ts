import * as tf from '@tensorflow/tfjs-core';
import { samePadding } from '@shared/ops/same-padding';
import { callKernel, registerComposed } from './kernel';
import type { PoolWindow } from './max-pool';

/**
 * AveragePoolBackprop (dy, x), `size`, `stride` -> dx: gradient of the mean over the part of each window that lies inside the image,
 * SAME padding; x gives the shape. tfjs's own AvgPoolGrad divides by the whole window also where part of it hangs over the edge.
 */
export const AVERAGE_POOL_BACKPROP = 'AveragePoolBackprop';

/** Mean over the part of each window that lies inside the image. */
export function averagePool(x: tf.Tensor4D, { size, stride }: PoolWindow): tf.Tensor4D {
  return tf.avgPool(x, size, stride, 'same');
}

/**
 * Gradient of {@link averagePool}.
 * @param x anything of the shape of its input
 */
export function averagePoolBackprop(
  dy: tf.Tensor4D,
  x: tf.Tensor4D,
  { size, stride }: PoolWindow,
): tf.Tensor4D {
  return callKernel(AVERAGE_POOL_BACKPROP, { dy, x }, { size, stride })[0] as tf.Tensor4D;
}

/** Values of each window that lie inside the image, on one axis. */
function covered(length: number, { size, stride }: PoolWindow): number[] {
  const { out, before } = samePadding(length, size, stride);
  return Array.from({ length: out }, (_, index) => {
    const start = index * stride - before;
    return Math.min(start + size, length) - Math.max(start, 0);
  });
}

/** What a mean over whole windows must be multiplied with to be one over their covered part; null where all windows are whole. */
function correction([, height, width]: readonly number[], window: PoolWindow): tf.Tensor4D | null {
  const rows = covered(height!, window);
  const columns = covered(width!, window);
  const whole = window.size ** 2;
  const factors = rows.flatMap((row) => columns.map((column) => whole / (row * column)));
  return factors.every((factor) => factor === 1)
    ? null
    : tf.tensor4d(factors, [1, rows.length, columns.length, 1]);
}

/** Registers the kernel as a composition of a backend's own operations. */
export function registerComposedAveragePool(backendName: string): void {
  registerComposed(
    AVERAGE_POOL_BACKPROP,
    backendName,
    ({ dy, x }: Record<'dy' | 'x', tf.Tensor4D>, window: PoolWindow) => {
      const factors = correction(x.shape, window);
      return callKernel(
        'AvgPoolGrad',
        { dy: factors ? tf.mul(dy, factors) : dy, input: x },
        { filterSize: window.size, strides: window.stride, pad: 'same' },
      );
    },
  );
}
