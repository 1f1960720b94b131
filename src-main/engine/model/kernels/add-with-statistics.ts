import * as tf from '@tensorflow/tfjs-core';
import { callKernel, registerComposed } from './kernel';
import { batchStatistics, type ChannelStatistics } from './normalization';

/** AddWithStatistics (a, b) -> [a + b, mean, variance] of the sum, per channel. */
export const ADD_WITH_STATISTICS = 'AddWithStatistics';

/** a + b, and the statistics of every channel of it. */
export function addWithStatistics(
  a: tf.Tensor4D,
  b: tf.Tensor4D,
): { y: tf.Tensor4D; statistics: ChannelStatistics } {
  const [y, mean, variance] = callKernel(ADD_WITH_STATISTICS, { a, b });
  return {
    y: y as tf.Tensor4D,
    statistics: { mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D },
  };
}

/** Registers the kernel as a composition of a backend's own operations. */
export function registerComposedAddWithStatistics(backendName: string): void {
  registerComposed(ADD_WITH_STATISTICS, backendName, ({ a, b }: Record<'a' | 'b', tf.Tensor4D>) => {
    const y = tf.add(a, b) as tf.Tensor4D;
    const { mean, variance } = batchStatistics(y);
    return [y, mean, variance];
  });
}
