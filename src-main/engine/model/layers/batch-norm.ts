import type * as tf from '@tensorflow/tfjs-core';
import { batchNormAffine, batchNormGradient } from '../kernels/batch-norm-vectors';
import {
  batchStatistics,
  normalizeBackprop,
  type ChannelStatistics,
  type Normalization,
  type ReducedGradient,
} from '../kernels/normalization';
import { materialize, shareNormalized, sharePooled, type Feature } from './feature';
import { share } from '../share';
import { written } from '../kernels/upstream';
import { shareGradient, type Gradient } from './gradient';
import type { Layer } from './layer';

/** Mean and biased variance of a batch: those that its producer took along, or taken now. */
function statisticsOf({ norm, statistics }: Feature, x: tf.Tensor4D): ChannelStatistics {
  return (norm ? null : statistics) ?? batchStatistics(x);
}

/** The gradient to scale x + shift with its sums per channel, taken now unless the reader took them on its way. */
function reduced(
  x: tf.Tensor4D,
  norm: Normalization,
  gradient: Gradient,
): Gradient & { reduced: ReducedGradient } {
  if (gradient.reduced) return { ...shareGradient(gradient), reduced: gradient.reduced };
  const found = normalizeBackprop(x, written(gradient), norm);
  return { dy: found.d, pooled: null, lazy: null, reduced: found.reduced };
}

/**
 * Batch norm y = gamma (x - mean) / sigma + beta, sigma = sqrt(variance + epsilon), as scale and shift of the same values: nothing
 * passes over memory. Statistics of the batch in training, running ones otherwise.
 *
 * Back: with d the gradient to y, over N rows, dBeta = sum d and dGamma = sum d (x - mean) / sigma,
 *
 *     dx = a d + b x + c,   a = gamma / sigma,   b = -a dGamma / (sigma N),   c = -a dBeta / N - b mean
 *
 * which is left to the layer before.
 */
export const batchNormLayer: Layer<'batchnorm'> = (node, [input], pass) => {
  const x = materialize(input!);
  const count = x.size / x.shape[3];
  const weight = (name: string) => pass.weights.get(node.id, name) as tf.Tensor as tf.Tensor1D;
  const statistics = pass.training
    ? statisticsOf(input!, x)
    : { mean: weight('mean'), variance: weight('variance') };
  if (pass.training) pass.statistics(node.id, statistics, count);
  const { scale, shift } = batchNormAffine(statistics, weight('gamma'), weight('beta'));
  const norm: Normalization = { scale, shift, relu: false, center: share(statistics.mean) };
  const held = { ...shareNormalized({ values: x, norm }), variance: share(statistics.variance) };
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
        const own = held.norm!;
        const { dy, pooled, reduced: sums } = reduced(held.values, own, gradient);
        const found = { mean: own.center!, variance: held.variance };
        const { dGamma, slope, offset } = batchNormGradient(found, weight('gamma'), sums, count);
        const lazy = { x: share(held.values), a: share(own.scale), b: slope, c: offset };
        return {
          inputs: [{ dy, pooled, lazy, reduced: null }],
          weights: { gamma: dGamma, beta: share(sums.sum) },
        };
      },
    },
  };
};
