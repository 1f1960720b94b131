import type * as tf from '@tensorflow/tfjs-core';
import { samePadding } from '@shared/ops/same-padding';
import {
  NORMALIZED_MAX_POOL,
  NORMALIZED_MAX_POOL_BACKPROP,
  type PoolWindow,
} from '../../engine/model/kernels/normalized-max-pool';
import { allocate, heapBytes, heapView } from './heap';
import { registerHeapKernel } from './heap-kernel';

type Attributes = PoolWindow & { relu: boolean };

interface Norm {
  scales: Float32Array;
  shifts: Float32Array;
  /** What smaller values are raised to. */
  floor: number;
}

/** The normalisation of an input; one that changes nothing for input that comes without. */
function normOf(
  channels: number,
  scale: tf.TensorInfo | undefined,
  shift: tf.TensorInfo | undefined,
  relu: boolean,
): Norm {
  return {
    scales: scale ? heapView(scale) : new Float32Array(channels).fill(1),
    shifts: shift ? heapView(shift) : new Float32Array(channels),
    floor: relu ? 0 : -Infinity,
  };
}

/** Calls for every window: the position of its first output value, and the input position of each of its taps inside the image. */
function eachTap(
  [batch, height, width, channels]: readonly number[],
  { size, stride }: PoolWindow,
  visit: (out: number, input: number, tap: number, first: boolean) => void,
): void {
  const rows = samePadding(height!, size, stride);
  const columns = samePadding(width!, size, stride);
  let out = 0;
  for (let image = 0; image < batch!; image++) {
    for (let row = 0; row < rows.out; row++) {
      const top = row * stride - rows.before;
      for (let column = 0; column < columns.out; column++, out += channels!) {
        const left = column * stride - columns.before;
        let first = true;
        for (let y = Math.max(0, -top); y < size && top + y < height!; y++) {
          for (let x = Math.max(0, -left); x < size && left + x < width!; x++) {
            const input = ((image * height! + top + y) * width! + left + x) * channels!;
            visit(out, input, y * size + x, first);
            first = false;
          }
        }
      }
    }
  }
}

/** Largest values, channels innermost, and the tap that holds each. */
function maxPool(
  { x, scale, shift }: { x: tf.TensorInfo; scale?: tf.TensorInfo; shift?: tf.TensorInfo },
  { relu, ...window }: Attributes,
): tf.TensorInfo[] {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const shape = [
    batch,
    samePadding(height, window.size, window.stride).out,
    samePadding(width, window.size, window.stride).out,
    channels,
  ];
  const outputs = [allocate(shape), allocate(shape, 'bool')];
  const y = heapView(outputs[0]!);
  const index = heapBytes(outputs[1]!);
  const values = heapView(x);
  const { scales, shifts, floor } = normOf(channels, scale, shift, relu);
  eachTap(x.shape, window, (out, input, tap, first) => {
    if (first) {
      for (let channel = 0; channel < channels; channel++) {
        const value = values[input + channel]! * scales[channel]! + shifts[channel]!;
        y[out + channel] = value < floor ? floor : value;
      }
      index.fill(tap, out, out + channels);
      return;
    }
    // Rounded as it is stored, so that of equal values the first one stays; what is larger than one of those is above the floor, too.
    for (let channel = 0; channel < channels; channel++) {
      const value = Math.fround(values[input + channel]! * scales[channel]! + shifts[channel]!);
      if (!(value > y[out + channel]!)) continue;
      y[out + channel] = value;
      index[out + channel] = tap;
    }
  });
  return outputs;
}

interface BackpropInputs {
  dy: tf.TensorInfo;
  index: tf.TensorInfo;
  x: tf.TensorInfo;
  scale?: tf.TensorInfo;
  shift?: tf.TensorInfo;
  center?: tf.TensorInfo;
}

/** Puts each dy where its largest value was found; with `reduce` only where ReLU lets it pass, and sums up on the way. */
function maxPoolBackprop(
  { dy, index, x, scale, shift, center }: BackpropInputs,
  { relu, reduce, ...window }: Attributes & { reduce: boolean },
): tf.TensorInfo[] {
  const channels = x.shape.at(-1)!;
  const outputs = [allocate(x.shape), ...(reduce ? [allocate([channels]), allocate([channels])] : [])];
  const dx = heapView(outputs[0]!).fill(0);
  const upstream = heapView(dy);
  const taps = heapBytes(index);
  const values = heapView(x);
  const { scales, shifts } = normOf(channels, scale, shift, relu);
  const centers = center ? heapView(center) : new Float32Array(channels);
  const masks = reduce && relu;
  const sums = new Float64Array(channels);
  const products = new Float64Array(channels);
  eachTap(x.shape, window, (out, input, tap) => {
    for (let channel = 0; channel < channels; channel++) {
      if (taps[out + channel] !== tap) continue;
      const value = values[input + channel]!;
      if (masks && !(value * scales[channel]! + shifts[channel]! > 0)) continue;
      const g = upstream[out + channel]!;
      dx[input + channel]! += g;
      sums[channel]! += g;
      products[channel]! += g * (value - centers[channel]!);
    }
  });
  if (reduce) {
    heapView(outputs[1]!).set(sums);
    heapView(outputs[2]!).set(products);
  }
  return outputs;
}

/** Max-pooling as loops over the heap. */
export function registerPoolingKernels(): void {
  registerHeapKernel(NORMALIZED_MAX_POOL, maxPool);
  registerHeapKernel(NORMALIZED_MAX_POOL_BACKPROP, maxPoolBackprop);
}
