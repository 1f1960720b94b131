import * as tf from '@tensorflow/tfjs-core';
import { share } from '../share';
import { callKernel, registerComposed, type KernelInputs } from './kernel';

/**
 * Kernels of normalisation; channels are the last axis, rows all positions of all images.
 * - BatchStatistics (x) -> [mean, variance], the variance biased
 * - Normalize (x, scale, shift), `relu` -> act(scale x + shift)
 * - NormalizeBackprop (x, dy, scale, shift, center), `relu` -> [d, sum, sumX]
 */
export const BATCH_STATISTICS = 'BatchStatistics';
export const NORMALIZE = 'Normalize';
export const NORMALIZE_BACKPROP = 'NormalizeBackprop';

/** Mean and biased variance per channel over all rows. */
export interface ChannelStatistics {
  mean: tf.Tensor1D;
  variance: tf.Tensor1D;
}

/** What a normalised input still has to undergo: act(scale x + shift), act being ReLU or nothing; all per channel. */
export interface Normalization {
  scale: tf.Tensor1D;
  shift: tf.Tensor1D;
  relu: boolean;
  /** The mean of x, around which gradients are reduced; null where none will be. */
  center: tf.Tensor1D | null;
}

/** Values with the normalisation that they still have to undergo, if any. */
export interface NormalizedInput {
  values: tf.Tensor4D;
  norm: Normalization | null;
}

/** Per channel, d being the gradient to scale x + shift: sum of d, and sum of d (x - center). */
export interface ReducedGradient {
  sum: tf.Tensor1D;
  sumX: tf.Tensor1D;
}

/** Inputs x, scale, shift and, for a reduction, center of a kernel that reads normalised input. */
export function normalizedInputs({ values, norm }: NormalizedInput, reduce = false): KernelInputs {
  return { x: values, scale: norm?.scale, shift: norm?.shift, center: reduce ? norm?.center : null };
}

/** Statistics of every channel. */
export function batchStatistics(x: tf.Tensor4D): ChannelStatistics {
  const [mean, variance] = callKernel(BATCH_STATISTICS, { x });
  return { mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D };
}

/** y = act(scale x + shift). */
export function normalize(
  x: tf.Tensor4D,
  { scale, shift, relu }: Omit<Normalization, 'center'>,
): tf.Tensor4D {
  return callKernel(NORMALIZE, { x, scale, shift }, { relu })[0] as tf.Tensor4D;
}

/** From the gradient to act(scale x + shift): d, the one to scale x + shift, and its sums per channel. */
export function normalizeBackprop(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  { scale, shift, relu, center }: Normalization,
): { d: tf.Tensor4D; reduced: ReducedGradient } {
  const [d, sum, sumX] = callKernel(NORMALIZE_BACKPROP, { x, dy, scale, shift, center }, { relu });
  return { d: d as tf.Tensor4D, reduced: { sum: sum as tf.Tensor1D, sumX: sumX as tf.Tensor1D } };
}

type Inputs<Name extends string> = Record<Name, tf.Tensor>;
type Rectifies = { relu: boolean };

function rowsOf(x: tf.Tensor): tf.Tensor2D {
  return tf.reshape(x, [-1, x.shape.at(-1)!]);
}

/** Registers the kernels as compositions of a backend's own operations. */
export function registerComposedNormalization(backendName: string): void {
  registerComposed(BATCH_STATISTICS, backendName, ({ x }: Inputs<'x'>) => {
    const { mean, variance } = tf.moments(rowsOf(x), 0);
    return [mean, variance];
  });
  registerComposed(
    NORMALIZE,
    backendName,
    ({ x, scale, shift }: Inputs<'x' | 'scale' | 'shift'>, { relu }: Rectifies) => {
      const y = tf.add(tf.mul(x, scale), shift);
      return relu ? tf.relu(y) : y;
    },
  );
  type Names = 'x' | 'dy' | 'scale' | 'shift' | 'center';
  registerComposed(
    NORMALIZE_BACKPROP,
    backendName,
    ({ x, dy, scale, shift, center }: Inputs<Names>, { relu }: Rectifies) => {
      const passes = (): tf.Tensor => tf.step(tf.add(tf.mul(x, scale), shift));
      const d = relu ? tf.mul(dy, passes()) : share(dy);
      const rows = rowsOf(d);
      return [d, tf.sum(rows, 0), tf.sum(tf.mul(rows, tf.sub(rowsOf(x), center)), 0)];
    },
  );
}
