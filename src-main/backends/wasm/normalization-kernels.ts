import type * as tf from '@tensorflow/tfjs-core';
import { BATCH_STATISTICS, NORMALIZE, NORMALIZE_BACKPROP } from '../../engine/model/kernels/normalization';
import { share } from '../../engine/model/share';
import { allocate, heapView } from './heap';
import { registerHeapKernel } from './heap-kernel';

type Inputs<Name extends string> = Record<Name, tf.TensorInfo>;
type Rectifies = { relu: boolean };

/** Mean and biased variance of every channel; sums and sums of squares in double. */
function batchStatistics({ x }: Inputs<'x'>): tf.TensorInfo[] {
  const channels = x.shape.at(-1)!;
  const outputs = [allocate([channels]), allocate([channels])];
  const [mean, variance] = outputs.map(heapView) as [Float32Array, Float32Array];
  const values = heapView(x);
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
  for (let channel = 0; channel < channels; channel++) {
    const m = sums[channel]! / count;
    mean[channel] = m;
    variance[channel] = Math.max(0, squares[channel]! / count - m * m);
  }
  return outputs;
}

function normalize({ x, scale, shift }: Inputs<'x' | 'scale' | 'shift'>, { relu }: Rectifies): tf.TensorInfo {
  const output = allocate(x.shape);
  const y = heapView(output);
  const values = heapView(x);
  const scales = heapView(scale);
  const shifts = heapView(shift);
  const channels = scales.length;
  const floor = relu ? 0 : -Infinity;
  for (let at = 0; at < values.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const value = values[at + channel]! * scales[channel]! + shifts[channel]!;
      y[at + channel] = value < floor ? floor : value;
    }
  }
  return output;
}

/** d, its sums and its products with x - center, in one pass; without ReLU d is dy and needs no memory of its own. */
function normalizeBackprop(
  { x, dy, scale, shift, center }: Inputs<'x' | 'dy' | 'scale' | 'shift' | 'center'>,
  { relu }: Rectifies,
): tf.TensorInfo[] {
  const channels = x.shape.at(-1)!;
  const outputs = [
    relu ? allocate(x.shape) : share(dy as tf.Tensor),
    allocate([channels]),
    allocate([channels]),
  ];
  const [d, sum, sumX] = outputs.map(heapView) as [Float32Array, Float32Array, Float32Array];
  const values = heapView(x);
  const upstream = heapView(dy);
  const scales = heapView(scale);
  const shifts = heapView(shift);
  const centers = heapView(center);
  const sums = new Float64Array(channels);
  const products = new Float64Array(channels);
  for (let at = 0; at < values.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const value = values[at + channel]!;
      const passes = !relu || value * scales[channel]! + shifts[channel]! > 0;
      const g = passes ? upstream[at + channel]! : 0;
      if (relu) d[at + channel] = g;
      sums[channel]! += g;
      products[channel]! += g * (value - centers[channel]!);
    }
  }
  sum.set(sums);
  sumX.set(products);
  return outputs;
}

/** Normalisation as loops over the heap: far fewer passes than composed operations. */
export function registerNormalizationKernels(): void {
  registerHeapKernel(BATCH_STATISTICS, batchStatistics);
  registerHeapKernel(NORMALIZE, normalize);
  registerHeapKernel(NORMALIZE_BACKPROP, normalizeBackprop);
}
