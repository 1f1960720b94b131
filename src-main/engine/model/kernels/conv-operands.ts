import type * as tf from '@tensorflow/tfjs-core';
import type { KernelInputs } from './kernel';
import type { PooledValues } from './max-pool';
import type { ChannelStatistics, NormalizedInput, ReducedGradient } from './normalization';

/** What to find out about the output of a convolution while it is at hand. */
export interface OutputDemand {
  statistics: boolean;
  /** Max-pooling with windows side by side, whose winners have the largest scale y; only the sign of `scale` matters. */
  pooling: Readonly<{ size: number; scale: tf.Tensor1D }> | null;
}

/** Output of a convolution, and what was asked for. */
export interface ConvOutput {
  y: tf.Tensor4D;
  statistics: ChannelStatistics | null;
  pooled: PooledValues | null;
}

/**
 * What to find out about the input.
 * `needsInput`: its gradient; `reduce`: that masked by ReLU, as the gradient to scale x + shift, with its sums.
 */
export type InputDemand = Readonly<{ needsInput: boolean; reduce: boolean }>;

/** What was found out; null is what was not asked for. */
export interface InputGradient {
  dx: tf.Tensor4D | null;
  reduced: ReducedGradient | null;
}

/** How a kernel receives its normalised input. */
export interface ReceivedInput {
  x: tf.Tensor4D;
  scale?: tf.Tensor1D;
  shift?: tf.Tensor1D;
  center?: tf.Tensor1D;
}

/** The input as a kernel receives it, put together again. */
export function receivedInput({ x, scale, shift, center }: ReceivedInput, relu: boolean): NormalizedInput {
  return { values: x, norm: scale ? { scale, shift: shift!, relu, center: center ?? null } : null };
}

/** Shape of what a convolution with SAME padding makes of x. */
export function convShape(
  [batch, height, width]: tf.Tensor4D['shape'],
  stride: number,
  outputs: number,
): tf.Tensor4D['shape'] {
  return [batch, Math.ceil(height / stride), Math.ceil(width / stride), outputs];
}

/** The input poolScale. */
export function outputInputs({ pooling }: OutputDemand): KernelInputs {
  return { poolScale: pooling?.scale };
}

/** `pool`: side of the pooling windows, 0 for none. */
export function outputAttributes({ statistics, pooling }: OutputDemand): ReceivedDemand {
  return { statistics, pool: pooling?.size ?? 0 };
}

export type ReceivedDemand = { statistics: boolean; pool: number };

/** The demand as a kernel receives it, put together again. */
export function receivedDemand(
  { poolScale }: { poolScale?: tf.Tensor1D },
  { statistics, pool }: ReceivedDemand,
): OutputDemand {
  return { statistics, pooling: poolScale ? { size: pool, scale: poolScale } : null };
}

/** [y], then [mean, variance], then [values, index], as far as they were asked for, by name. */
export function convOutput([y, ...rest]: tf.Tensor[], { statistics, pooling }: OutputDemand): ConvOutput {
  const [mean, variance] = statistics ? rest.splice(0, 2) : [];
  const [values, index] = rest;
  return {
    y: y as tf.Tensor4D,
    statistics: mean ? { mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D } : null,
    pooled: pooling && { values: values as tf.Tensor4D, index: index!, size: pooling.size },
  };
}

/** The outputs of a kernel for a {@link ConvOutput}. */
export function convOutputs({ y, statistics, pooled }: ConvOutput): tf.Tensor[] {
  return [
    y,
    ...(statistics ? [statistics.mean, statistics.variance] : []),
    ...(pooled ? [pooled.values, pooled.index] : []),
  ];
}

/** [dx, sum, sumX], as far as they were asked for, by name. */
export function inputGradient(
  outputs: readonly tf.Tensor[],
  { needsInput, reduce }: InputDemand,
): InputGradient {
  const [sum, sumX] = needsInput ? outputs.slice(1) : outputs;
  return {
    dx: needsInput ? (outputs[0] as tf.Tensor4D) : null,
    reduced: reduce ? { sum: sum as tf.Tensor1D, sumX: sumX as tf.Tensor1D } : null,
  };
}

/** The outputs of a kernel for an {@link InputGradient}. */
export function inputGradientOutputs({ dx, reduced }: InputGradient): tf.Tensor[] {
  return [...(dx ? [dx] : []), ...(reduced ? [reduced.sum, reduced.sumX] : [])];
}
