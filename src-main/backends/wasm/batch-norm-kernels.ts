import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_EPSILON } from '@shared/ops/batch-norm';
import { BATCH_NORM_TRAIN, BATCH_NORM_TRAIN_GRAD } from '../../engine/model/batch-norm';
import { allocate, heapView } from './heap';

type Inputs<Name extends string> = Record<Name, tf.TensorInfo>;

/** Two passes over x: sums and sums of squares in double, then y. */
function train({ x, gamma, beta }: Inputs<'x' | 'gamma' | 'beta'>): tf.TensorInfo[] {
  const channels = x.shape.at(-1)!;
  const outputs = [allocate(x.shape), allocate([channels]), allocate([channels])];
  const [y, mean, variance] = outputs.map(heapView) as [Float32Array, Float32Array, Float32Array];
  const values = heapView(x);
  const scales = heapView(gamma);
  const shifts = heapView(beta);
  const count = values.length / channels;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let at = 0; at < values.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const value = values[at + channel]!;
      sums[channel]! += value;
      squares[channel]! += value * value;
    }
  }
  const factor = new Float32Array(channels);
  const offset = new Float32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    const m = sums[channel]! / count;
    const v = Math.max(0, squares[channel]! / count - m * m);
    mean[channel] = m;
    variance[channel] = v;
    const scale = scales[channel]! / Math.sqrt(v + BATCH_NORM_EPSILON);
    factor[channel] = scale;
    offset[channel] = shifts[channel]! - m * scale;
  }
  for (let at = 0; at < values.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      y[at + channel] = values[at + channel]! * factor[channel]! + offset[channel]!;
    }
  }
  return outputs;
}

/** Two passes over x and dy: dBeta and dGamma in double, then dx = a dy + b x + c with constants per channel. */
function backward(inputs: Inputs<'x' | 'dy' | 'gamma' | 'mean' | 'variance'>): tf.TensorInfo[] {
  const { x, dy } = inputs;
  const channels = x.shape.at(-1)!;
  const outputs = [allocate(x.shape), allocate([channels]), allocate([channels])];
  const [dx, dGamma, dBeta] = outputs.map(heapView) as [Float32Array, Float32Array, Float32Array];
  const values = heapView(x);
  const upstream = heapView(dy);
  const gamma = heapView(inputs.gamma);
  const mean = heapView(inputs.mean);
  const variance = heapView(inputs.variance);
  const count = values.length / channels;
  const sums = new Float64Array(channels);
  const products = new Float64Array(channels);
  for (let at = 0; at < values.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const g = upstream[at + channel]!;
      sums[channel]! += g;
      products[channel]! += g * (values[at + channel]! - mean[channel]!);
    }
  }
  const onDy = new Float32Array(channels);
  const onX = new Float32Array(channels);
  const constant = new Float32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    const inverse = 1 / Math.sqrt(variance[channel]! + BATCH_NORM_EPSILON);
    const scale = gamma[channel]! * inverse;
    const slope = (-scale * products[channel]! * inverse * inverse) / count;
    dBeta[channel] = sums[channel]!;
    dGamma[channel] = products[channel]! * inverse;
    onDy[channel] = scale;
    onX[channel] = slope;
    constant[channel] = (-scale * sums[channel]!) / count - slope * mean[channel]!;
  }
  for (let at = 0; at < values.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      dx[at + channel] =
        upstream[at + channel]! * onDy[channel]! + values[at + channel]! * onX[channel]! + constant[channel]!;
    }
  }
  return outputs;
}

/** Batch norm in training as loops over the heap: far fewer passes than composed operations. */
export function registerBatchNormKernels(backendName: string): void {
  tf.registerKernel({
    kernelName: BATCH_NORM_TRAIN,
    backendName,
    kernelFunc: ({ inputs }) => train(inputs as Inputs<'x' | 'gamma' | 'beta'>),
  });
  tf.registerKernel({
    kernelName: BATCH_NORM_TRAIN_GRAD,
    backendName,
    kernelFunc: ({ inputs }) => backward(inputs as Inputs<'x' | 'dy' | 'gamma' | 'mean' | 'variance'>),
  });
}
