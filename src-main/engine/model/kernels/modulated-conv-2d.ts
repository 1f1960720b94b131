import type * as tf from '@tensorflow/tfjs-core';
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
import { factorGradient, reconstructFilters } from './modulation';
import { normalizedInputs, type NormalizedInput } from './normalization';
import { normalizedConv2D, normalizedConv2DBackprop } from './normalized-conv-2d';
import {
  receivedUpstream,
  upstreamAttributes,
  upstreamInputs,
  type Upstream,
  type UpstreamInputs,
} from './upstream';

/**
 * Modulated convolution of normalised input. x [B, h, w, G*K], chat [W, W, G*K, H], m [K, W, W], dy as the output [B, oh, ow, H*K],
 * channels map-major.
 * - ModulatedConv2D (x, chat, m, scale?, shift?, poolScale?), `stride`, `relu`, `statistics`, `pool` -> outputs as NormalizedConv2D has
 *   them
 * - ModulatedConv2DBackprop (x, chat, m, dy, scale?, shift?, center?, dyIndex?, dyX?, dyA?, dyB?, dyC?), `stride`, `relu`,
 *   `needsInput`, `reduce`, `pool` -> [dC^, dM], then [dx] with `needsInput`, then [sum, sumX] with `reduce`. One kernel for all
 *   gradients, since they come from the same products, whether these are built as dQ or as P and D (mcn.md, section 2)
 */
export const MODULATED_CONV_2D = 'ModulatedConv2D';
export const MODULATED_CONV_2D_BACKPROP = 'ModulatedConv2DBackprop';

/**
 * MCconv (Eq. 7-9): out[h,k](p) = sum_{g,c,y,x} F[g,c](stride p + (y,x) - before) C^[h,g][c,y,x] M[k,y,x], SAME padding, no bias,
 * F being act(scale x + shift).
 *
 * @param x [batch, height, width, G * K], channel = map * K + plane
 * @param chat [W, W, G * K, H], (y, x, g * K + c, h)
 * @param m [K, W, W]
 * @returns [batch, ceil(height / stride), ceil(width / stride), H * K], map-major
 */
export function modulatedConv2D(
  x: NormalizedInput,
  chat: tf.Tensor4D,
  m: tf.Tensor3D,
  stride: number,
  demand: OutputDemand,
): ConvOutput {
  const inputs = { ...normalizedInputs(x), chat, m, ...outputInputs(demand) };
  const attributes = { stride, relu: x.norm?.relu ?? false, ...outputAttributes(demand) };
  return convOutput(callKernel(MODULATED_CONV_2D, inputs, attributes), demand);
}

/** Gradients of {@link modulatedConv2D} (Eq. 12, 16 with C^). */
export function modulatedConv2DBackprop(
  x: NormalizedInput,
  chat: tf.Tensor4D,
  m: tf.Tensor3D,
  upstream: Upstream,
  stride: number,
  demand: InputDemand,
): InputGradient & { dChat: tf.Tensor4D; dM: tf.Tensor3D } {
  const inputs = { ...normalizedInputs(x, demand.reduce), chat, m, ...upstreamInputs(upstream) };
  const attributes = { stride, relu: x.norm?.relu ?? false, ...demand, ...upstreamAttributes(upstream) };
  const [dChat, dM, ...rest] = callKernel(MODULATED_CONV_2D_BACKPROP, inputs, attributes);
  return { dChat: dChat as tf.Tensor4D, dM: dM as tf.Tensor3D, ...inputGradient(rest, demand) };
}

/** dL_S/dM as Eq. 16 prints it: with the latent filters C, as C^ is laid out, in place of C^. */
export function latentModulationGradient(
  x: NormalizedInput,
  c: tf.Tensor4D,
  m: tf.Tensor3D,
  upstream: Upstream,
  stride: number,
): tf.Tensor3D {
  const demand = { needsInput: false, reduce: false };
  const { dChat, dM } = modulatedConv2DBackprop(x, c, m, upstream, stride, demand);
  dChat.dispose();
  return dM;
}

type Input = ReceivedInput & { chat: tf.Tensor4D; m: tf.Tensor3D; poolScale?: tf.Tensor1D };
type Attributes = { stride: number; relu: boolean };

/** Registers the kernels as compositions of a backend's own operations, with reconstructed filters Q. */
export function registerComposedModulatedConv(backendName: string): void {
  registerComposed(
    MODULATED_CONV_2D,
    backendName,
    (inputs: Input, { stride, relu, ...demand }: Attributes & ReceivedDemand) => {
      const filter = reconstructFilters(inputs.chat, inputs.m);
      const x = receivedInput(inputs, relu);
      return convOutputs(normalizedConv2D(x, filter, stride, receivedDemand(inputs, demand)));
    },
  );
  registerComposed(
    MODULATED_CONV_2D_BACKPROP,
    backendName,
    (
      inputs: Input & UpstreamInputs,
      { stride, relu, pool, ...demand }: Attributes & InputDemand & { pool: number },
    ) => {
      const { chat, m } = inputs;
      const x = receivedInput(inputs, relu);
      const filter = reconstructFilters(chat, m);
      const upstream = receivedUpstream(inputs, pool, convShape(inputs.x.shape, stride, filter.shape[3]));
      const gradient = normalizedConv2DBackprop(x, filter, upstream, stride, demand);
      return [...factorGradient(gradient.dFilter, chat, m), ...inputGradientOutputs(gradient)];
    },
  );
}
