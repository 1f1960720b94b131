import type * as tf from '@tensorflow/tfjs-core';
import type { LazyGradient } from './combine-gradients';
import type { KernelInputs } from './kernel';
import type { ChannelStatistics, NormalizedInput, ReducedGradient } from './normalization';

/** Output of a convolution, and its statistics where they were asked for. */
export interface ConvOutput {
  y: tf.Tensor4D;
  statistics: ChannelStatistics | null;
}

/** The gradient that reaches a convolution: dy, or a lazy one over it. */
export interface Upstream {
  dy: tf.Tensor4D;
  lazy: LazyGradient | null;
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

/** How the kernels of both convolutions receive x and dy. */
export interface ConvInputs {
  x: tf.Tensor4D;
  scale?: tf.Tensor1D;
  shift?: tf.Tensor1D;
  center?: tf.Tensor1D;
  dy: tf.Tensor4D;
  dyX?: tf.Tensor4D;
  dyA?: tf.Tensor1D;
  dyB?: tf.Tensor1D;
  dyC?: tf.Tensor1D;
}

/** The input as a kernel receives it, put together again. */
export function receivedInput(
  { x, scale, shift, center }: Omit<ConvInputs, 'dy'>,
  relu: boolean,
): NormalizedInput {
  return { values: x, norm: scale ? { scale, shift: shift!, relu, center: center ?? null } : null };
}

/** The upstream gradient as a kernel receives it, put together again. */
export function receivedUpstream({ dy, dyX, dyA, dyB, dyC }: Omit<ConvInputs, 'x'>): Upstream {
  return { dy, lazy: dyX ? { x: dyX, a: dyA!, b: dyB!, c: dyC! } : null };
}

/** Inputs dy, dyX, dyA, dyB, dyC. */
export function upstreamInputs({ dy, lazy }: Upstream): KernelInputs {
  return { dy, dyX: lazy?.x, dyA: lazy?.a, dyB: lazy?.b, dyC: lazy?.c };
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
