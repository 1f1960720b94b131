import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_EPSILON } from '@shared/ops/batch-norm';
import { batchStatistics, normalizeBackprop, type Normalization } from '../kernels/normalization';
import { materialize, shareNormalized, sharePooled, type Feature } from './feature';
import { share } from '../share';
import { written } from '../kernels/upstream';
import { shareGradient, type Gradient } from './gradient';
import type { Layer } from './layer';

type Values = Float32Array;
type Sums = Record<'sum' | 'sumX', Values>;

/** Mean and biased variance of a batch: those that its producer took along, or taken now. */
function batchValues({ norm, statistics }: Feature, x: tf.Tensor4D): Record<'mean' | 'variance', Values> {
  const { mean, variance } = (norm ? null : statistics) ?? batchStatistics(x);
  return { mean: mean.dataSync<'float32'>(), variance: variance.dataSync<'float32'>() };
}

function vector(values: ArrayLike<number>): tf.Tensor1D {
  return tf.tensor1d(Float32Array.from(values));
}

/** The gradient to scale x + shift with its sums per channel, taken now unless the reader took them on its way. */
function reduced(x: tf.Tensor4D, norm: Normalization, gradient: Gradient): Gradient & { sums: Sums } {
  const known = gradient.reduced ? shareGradient(gradient) : reducedNow(x, norm, gradient);
  const { sum, sumX } = known.reduced!;
  return { ...known, sums: { sum: sum.dataSync<'float32'>(), sumX: sumX.dataSync<'float32'>() } };
}

function reducedNow(x: tf.Tensor4D, norm: Normalization, gradient: Gradient): Gradient {
  const { d, reduced } = normalizeBackprop(x, written(gradient), norm);
  return { dy: d, pooled: null, lazy: null, reduced };
}

/**
 * Batch norm y = gamma (x - mean) / sigma + beta, sigma = sqrt(variance + epsilon), as scale and shift of the same values: nothing
 * passes over memory. Statistics of the batch in training, running ones otherwise.
 *
 * Back: with d the gradient to y, over N rows, dBeta = sum d and dGamma = sum d (x - mean) / sigma,
 *
 *     dx = a d + b x + c,   a = gamma / sigma,   b = -a dGamma / (sigma N),   c = -a dBeta / N - b mean
 *
 * which is left to the layer before. Vectors are computed in double.
 */
export const batchNormLayer: Layer<'batchnorm'> = (node, [input], pass) => {
  const x = materialize(input!);
  const channels = x.shape[3];
  const count = x.size / channels;
  const weight = (name: string): Values => pass.weights.get(node.id, name).dataSync<'float32'>();
  const gamma = weight('gamma');
  const beta = weight('beta');
  const { mean, variance } = pass.training
    ? batchValues(input!, x)
    : { mean: weight('mean'), variance: weight('variance') };
  if (pass.training) pass.statistics(node.id, mean, variance, count);
  const sigma = Float64Array.from(variance, (value) => Math.sqrt(value + BATCH_NORM_EPSILON));
  const scale = Float64Array.from(gamma, (value, channel) => value / sigma[channel]!);
  const norm: Normalization = {
    scale: vector(scale),
    shift: vector(scale.map((value, channel) => beta[channel]! - mean[channel]! * value)),
    relu: false,
    center: vector(mean),
  };
  const held = shareNormalized({ values: x, norm });
  return {
    feature: {
      values: share(x),
      norm,
      statistics: null,
      pooled: input!.norm ? null : sharePooled(input!.pooled),
    },
    backward: {
      held,
      run: (gradient) => {
        const { dy, pooled, sums } = reduced(held.values, held.norm!, gradient);
        const dGamma = Float64Array.from(sums.sumX, (value, channel) => value / sigma[channel]!);
        const slope = dGamma.map((value, channel) => (-scale[channel]! * value) / (sigma[channel]! * count));
        const offset = slope.map(
          (value, channel) => (-scale[channel]! * sums.sum[channel]!) / count - value * mean[channel]!,
        );
        const lazy = { x: share(held.values), a: vector(scale), b: vector(slope), c: vector(offset) };
        return {
          inputs: [{ dy, pooled, lazy, reduced: null }],
          weights: { gamma: vector(dGamma), beta: vector(sums.sum) },
        };
      },
    },
  };
};
