import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_EPSILON } from '@shared/ops/batch-norm';
import { callKernel, registerComposed } from './kernel';
import type { ChannelStatistics, ReducedGradient } from './normalization';

/**
 * What batch norm computes for every channel, sigma = sqrt(variance + epsilon); all inputs and outputs are vectors of [channels]:
 * - BatchNormAffine (mean, variance, gamma, beta) -> [scale, shift]: scale = gamma / sigma, shift = beta - mean scale
 * - BatchNormGradient (mean, variance, gamma, sum, sumX), `count` N -> [dGamma, slope, offset]: dGamma = sumX / sigma,
 *   slope = -scale dGamma / (sigma N), offset = -scale sum / N - slope mean
 * - RunningStatistic (running, batch), `momentum`, `correction` -> (1 - momentum) running + momentum correction batch
 */
export const BATCH_NORM_AFFINE = 'BatchNormAffine';
export const BATCH_NORM_GRADIENT = 'BatchNormGradient';
export const RUNNING_STATISTIC = 'RunningStatistic';

/** gamma (x - mean) / sigma + beta as scale x + shift. */
export function batchNormAffine(
  { mean, variance }: ChannelStatistics,
  gamma: tf.Tensor,
  beta: tf.Tensor,
): { scale: tf.Tensor1D; shift: tf.Tensor1D } {
  const [scale, shift] = callKernel(BATCH_NORM_AFFINE, { mean, variance, gamma, beta });
  return { scale: scale as tf.Tensor1D, shift: shift as tf.Tensor1D };
}

/** Gradients of a batch norm: dGamma, and slope and offset of dx = scale d + slope x + offset. @param count rows N */
export function batchNormGradient(
  { mean, variance }: ChannelStatistics,
  gamma: tf.Tensor,
  { sum, sumX }: ReducedGradient,
  count: number,
): { dGamma: tf.Tensor1D; slope: tf.Tensor1D; offset: tf.Tensor1D } {
  const [dGamma, slope, offset] = callKernel(
    BATCH_NORM_GRADIENT,
    { mean, variance, gamma, sum, sumX },
    { count },
  );
  return { dGamma: dGamma as tf.Tensor1D, slope: slope as tf.Tensor1D, offset: offset as tf.Tensor1D };
}

/** The running value moved towards that of a batch, which `correction` is multiplied with. */
export function runningStatistic(
  running: tf.Tensor,
  batch: tf.Tensor,
  momentum: number,
  correction: number,
): tf.Tensor {
  return callKernel(RUNNING_STATISTIC, { running, batch }, { momentum, correction })[0]!;
}

type Inputs<Name extends string> = Record<Name, tf.Tensor>;
type Affine = Inputs<'mean' | 'variance' | 'gamma' | 'beta'>;
type Backprop = Inputs<'mean' | 'variance' | 'gamma' | 'sum' | 'sumX'>;
type Blend = { momentum: number; correction: number };

function sigmaOf(variance: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.add(variance, BATCH_NORM_EPSILON));
}

/** Registers the kernels as compositions of a backend's own operations: nothing leaves the device. */
export function registerComposedBatchNormVectors(backendName: string): void {
  registerComposed(BATCH_NORM_AFFINE, backendName, ({ mean, variance, gamma, beta }: Affine) => {
    const scale = tf.div(gamma, sigmaOf(variance));
    return [scale, tf.sub(beta, tf.mul(mean, scale))];
  });
  registerComposed(
    BATCH_NORM_GRADIENT,
    backendName,
    ({ mean, variance, gamma, sum, sumX }: Backprop, { count }: { count: number }) => {
      const sigma = sigmaOf(variance);
      const scale = tf.div(gamma, sigma);
      const dGamma = tf.div(sumX, sigma);
      const slope = tf.div(tf.mul(scale, dGamma), tf.mul(sigma, -count));
      return [dGamma, slope, tf.sub(tf.div(tf.mul(scale, sum), -count), tf.mul(slope, mean))];
    },
  );
  registerComposed(
    RUNNING_STATISTIC,
    backendName,
    ({ running, batch }: Inputs<'running' | 'batch'>, { momentum, correction }: Blend) =>
      tf.add(tf.mul(running, 1 - momentum), tf.mul(batch, momentum * correction)),
  );
}
