import type * as tf from '@tensorflow/tfjs-core';
import type { PooledValues } from '../kernels/max-pool';
import { normalize, type ChannelStatistics, type NormalizedInput } from '../kernels/normalization';
import { share } from '../share';

/**
 * What flows between layers: NHWC values, with the normalisation and ReLU that they still have to undergo. Batch norm and ReLU only
 * set that; who reads a feature applies it on the way.
 */
export interface Feature extends NormalizedInput {
  /** Of the values, where their producer was asked for them. */
  statistics: ChannelStatistics | null;
  /** What a max-pooling finds in them, where their producer was asked for that. */
  pooled: PooledValues | null;
}

/** Values that are what they seem. */
export function plain(values: tf.Tensor4D): Feature {
  return { values, norm: null, statistics: null, pooled: null };
}

/** The values as they are meant: the same tensor for a plain feature, else a new one. */
export function materialize({ values, norm }: NormalizedInput): tf.Tensor4D {
  return norm ? normalize(values, norm) : values;
}

/** {@link share} for values and their normalisation. */
export function shareNormalized({ values, norm }: NormalizedInput): NormalizedInput {
  if (!norm) return { values: share(values), norm };
  const { scale, shift, relu, center } = norm;
  return {
    values: share(values),
    norm: { scale: share(scale), shift: share(shift), relu, center: center && share(center) },
  };
}

/** {@link share} for pooled values. */
export function sharePooled(pooled: PooledValues | null): PooledValues | null {
  return pooled && { ...pooled, values: share(pooled.values), index: share(pooled.index) };
}

/** {@link share} for a feature. */
export function shareFeature(feature: Feature): Feature {
  const { statistics } = feature;
  return {
    ...shareNormalized(feature),
    statistics: statistics && { mean: share(statistics.mean), variance: share(statistics.variance) },
    pooled: sharePooled(feature.pooled),
  };
}
