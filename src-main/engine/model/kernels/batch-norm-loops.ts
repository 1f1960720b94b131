import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_EPSILON } from '@shared/ops/batch-norm';
import { BATCH_NORM_AFFINE, BATCH_NORM_GRADIENT, RUNNING_STATISTIC } from './batch-norm-vectors';
import { registerComposed } from './kernel';

type Values = Float32Array;
type Inputs<Name extends string> = Record<Name, tf.Tensor>;

function valuesOf(tensor: tf.Tensor): Values {
  return tensor.dataSync<'float32'>();
}

function vector(values: ArrayLike<number>): tf.Tensor1D {
  return tf.tensor1d(Float32Array.from(values));
}

/** sigma and scale = gamma / sigma, in double. */
function spread(variance: Values, gamma: Values): { sigma: Float64Array; scale: Float64Array } {
  const sigma = Float64Array.from(variance, (value) => Math.sqrt(value + BATCH_NORM_EPSILON));
  return { sigma, scale: Float64Array.from(gamma, (value, channel) => value / sigma[channel]!) };
}

function affine({
  mean,
  variance,
  gamma,
  beta,
}: Inputs<'mean' | 'variance' | 'gamma' | 'beta'>): tf.Tensor[] {
  const { scale } = spread(valuesOf(variance), valuesOf(gamma));
  const means = valuesOf(mean);
  const betas = valuesOf(beta);
  return [vector(scale), vector(scale.map((value, channel) => betas[channel]! - means[channel]! * value))];
}

function gradient(
  { mean, variance, gamma, sum, sumX }: Inputs<'mean' | 'variance' | 'gamma' | 'sum' | 'sumX'>,
  { count }: { count: number },
): tf.Tensor[] {
  const { sigma, scale } = spread(valuesOf(variance), valuesOf(gamma));
  const means = valuesOf(mean);
  const sums = valuesOf(sum);
  const dGamma = Float64Array.from(valuesOf(sumX), (value, channel) => value / sigma[channel]!);
  const slope = dGamma.map((value, channel) => (-scale[channel]! * value) / (sigma[channel]! * count));
  const offset = slope.map(
    (value, channel) => (-scale[channel]! * sums[channel]!) / count - value * means[channel]!,
  );
  return [vector(dGamma), vector(slope), vector(offset)];
}

function blend(
  { running, batch }: Inputs<'running' | 'batch'>,
  { momentum, correction }: { momentum: number; correction: number },
): tf.Tensor {
  const values = valuesOf(batch);
  return vector(
    valuesOf(running).map((old, at) => (1 - momentum) * old + momentum * correction * values[at]!),
  );
}

/**
 * Registers the kernels of batch-norm-vectors.ts for a backend whose tensors can be read synchronously, as loops in double over copies: a
 * few values, for which a loop takes less time than one operation of a backend.
 */
export function registerBatchNormLoops(backendName: string): void {
  registerComposed(BATCH_NORM_AFFINE, backendName, affine);
  registerComposed(BATCH_NORM_GRADIENT, backendName, gradient);
  registerComposed(RUNNING_STATISTIC, backendName, blend);
}
