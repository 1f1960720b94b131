import type * as tf from '@tensorflow/tfjs-core';
import type { ChannelStatistics, NormalizedInput, ReducedGradient } from './normalization';

/** Output of a convolution, and its statistics where they were asked for. */
export interface ConvOutput {
  y: tf.Tensor4D;
  statistics: ChannelStatistics | null;
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

/** [y] or [y, mean, variance] by name. */
export function convOutput([y, mean, variance]: tf.Tensor[]): ConvOutput {
  return {
    y: y as tf.Tensor4D,
    statistics: mean ? { mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D } : null,
  };
}

/** The outputs of a kernel for a {@link ConvOutput}. */
export function convOutputs({ y, statistics }: ConvOutput): tf.Tensor[] {
  return statistics ? [y, statistics.mean, statistics.variance] : [y];
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
