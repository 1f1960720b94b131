import * as tf from '@tensorflow/tfjs-core';
import {
  convShape,
  convOutput,
  convOutputs,
  inputGradient,
  inputGradientOutputs,
  outputAttributes,
  outputInputs,
  receivedDemand,
  receivedInput,
  type ConvOutput,
  type InputDemand,
  type InputGradient,
  type OutputDemand,
  type ReceivedDemand,
  type ReceivedInput,
} from './conv-operands';
import { callKernel, registerComposed } from './kernel';
import { scaledMaxPool } from './max-pool';
import {
  batchStatistics,
  normalize,
  normalizeBackprop,
  normalizedInputs,
  type NormalizedInput,
} from './normalization';
import {
  receivedUpstream,
  upstreamAttributes,
  upstreamInputs,
  type Upstream,
  type UpstreamInputs,
  written,
} from './upstream';

/**
 * Ordinary convolution of normalised input, no bias, SAME padding by zeros behind the normalisation.
 * - NormalizedConv2D (x, filter, scale?, shift?, poolScale?), `stride`, `relu`, `statistics`, `pool` -> [y], then [mean, variance]
 *   with `statistics`, then [values, index] with `pool` > 0: what ScaledMaxPool finds in y
 * - NormalizedConv2DBackprop (x, filter, dy, scale?, shift?, center?, dyIndex?, dyX?, dyA?, dyB?, dyC?), `stride`, `relu`,
 *   `needsInput`, `reduce`, `pool` -> [dFilter], then [dx] with `needsInput`, then [sum, sumX] with `reduce`
 */
export const NORMALIZED_CONV_2D = 'NormalizedConv2D';
export const NORMALIZED_CONV_2D_BACKPROP = 'NormalizedConv2DBackprop';

/**
 * y = conv(act(scale x + shift), filter).
 * @param filter [W, W, channels, outputs]
 */
export function normalizedConv2D(
  x: NormalizedInput,
  filter: tf.Tensor4D,
  stride: number,
  demand: OutputDemand,
): ConvOutput {
  const inputs = { ...normalizedInputs(x), filter, ...outputInputs(demand) };
  const attributes = { stride, relu: x.norm?.relu ?? false, ...outputAttributes(demand) };
  return convOutput(callKernel(NORMALIZED_CONV_2D, inputs, attributes), demand);
}

/** Gradients of {@link normalizedConv2D}. */
export function normalizedConv2DBackprop(
  x: NormalizedInput,
  filter: tf.Tensor4D,
  upstream: Upstream,
  stride: number,
  demand: InputDemand,
): InputGradient & { dFilter: tf.Tensor4D } {
  const inputs = { ...normalizedInputs(x, demand.reduce), filter, ...upstreamInputs(upstream) };
  const attributes = { stride, relu: x.norm?.relu ?? false, ...demand, ...upstreamAttributes(upstream) };
  const [dFilter, ...rest] = callKernel(NORMALIZED_CONV_2D_BACKPROP, inputs, attributes);
  return { dFilter: dFilter as tf.Tensor4D, ...inputGradient(rest, demand) };
}

type Input = ReceivedInput & { filter: tf.Tensor4D; poolScale?: tf.Tensor1D };
type Attributes = { stride: number; relu: boolean };

function forward(
  x: NormalizedInput,
  filter: tf.Tensor4D,
  stride: number,
  { statistics, pooling }: OutputDemand,
): ConvOutput {
  const y = tf.conv2d(normalizedValues(x), filter, stride, 'same');
  return {
    y,
    statistics: statistics ? batchStatistics(y) : null,
    pooled: pooling && pooledValues(y, pooling),
  };
}

function pooledValues(
  y: tf.Tensor4D,
  { size, scale }: NonNullable<OutputDemand['pooling']>,
): ConvOutput['pooled'] {
  return { ...scaledMaxPool(y, scale, { size, stride: size }), size };
}

/** The normalised values. */
function normalizedValues({ values, norm }: NormalizedInput): tf.Tensor4D {
  return norm ? normalize(values, norm) : values;
}

function backward(
  x: NormalizedInput,
  filter: tf.Tensor4D,
  upstream: Upstream,
  stride: number,
  { needsInput, reduce }: InputDemand,
): tf.Tensor[] {
  const dy = written(upstream);
  const attributes = { strides: stride, pad: 'same', dataFormat: 'NHWC', dimRoundingMode: undefined! };
  const [dFilter] = callKernel(
    'Conv2DBackpropFilter',
    { x: normalizedValues(x), dy },
    { ...attributes, filterShape: filter.shape },
  );
  if (!needsInput) return [dFilter!];
  const [dx] = callKernel(
    'Conv2DBackpropInput',
    { dy, filter },
    { ...attributes, inputShape: x.values.shape },
  );
  if (!reduce) return [dFilter!, dx!];
  const { d, reduced } = normalizeBackprop(x.values, dx as tf.Tensor4D, x.norm!);
  return [dFilter!, ...inputGradientOutputs({ dx: d, reduced })];
}

/** Registers the kernels as compositions of a backend's own operations. */
export function registerComposedNormalizedConv(backendName: string): void {
  registerComposed(
    NORMALIZED_CONV_2D,
    backendName,
    (inputs: Input, { stride, relu, ...demand }: Attributes & ReceivedDemand) =>
      convOutputs(
        forward(receivedInput(inputs, relu), inputs.filter, stride, receivedDemand(inputs, demand)),
      ),
  );
  registerComposed(
    NORMALIZED_CONV_2D_BACKPROP,
    backendName,
    (
      inputs: Input & UpstreamInputs,
      { stride, relu, pool, ...demand }: Attributes & InputDemand & { pool: number },
    ) => {
      const { x, filter } = inputs;
      const upstream = receivedUpstream(inputs, pool, convShape(x.shape, stride, filter.shape[3]));
      return backward(receivedInput(inputs, relu), filter, upstream, stride, demand);
    },
  );
}
