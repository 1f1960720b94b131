import type * as tf from '@tensorflow/tfjs-core';
import { samePadding } from '@shared/ops/same-padding';
import { MAX_UNPOOL, SCALED_MAX_POOL, type PoolWindow } from '../../engine/model/kernels/max-pool';
import { allocate, heapBytes, heapView } from './heap';
import { registerHeapKernel } from './heap-kernel';

/** Calls for every window: the position of its first output value, and the input position of each of its taps inside the image. */
export function eachTap(
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

/** The values with the largest scale x, channels innermost, and the tap that holds each. */
function scaledMaxPool(
  { x, scale }: { x: tf.TensorInfo; scale?: tf.TensorInfo },
  window: PoolWindow,
): tf.TensorInfo[] {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const shape = [
    batch,
    samePadding(height, window.size, window.stride).out,
    samePadding(width, window.size, window.stride).out,
    channels,
  ];
  const outputs = [allocate(shape), allocate(shape, 'bool')];
  const found = heapView(outputs[0]!);
  const index = heapBytes(outputs[1]!);
  const values = heapView(x);
  const scales = scale ? heapView(scale) : new Float32Array(channels).fill(1);
  eachTap(x.shape, window, (out, input, tap, first) => {
    if (first) {
      for (let channel = 0; channel < channels; channel++) found[out + channel] = values[input + channel]!;
      index.fill(tap, out, out + channels);
      return;
    }
    for (let channel = 0; channel < channels; channel++) {
      const factor = scales[channel]!;
      const value = values[input + channel]!;
      // Rounded, so that of equal products the first one stays, as on every other device.
      if (!(Math.fround(value * factor) > Math.fround(found[out + channel]! * factor))) continue;
      found[out + channel] = value;
      index[out + channel] = tap;
    }
  });
  return outputs;
}

/** Puts each dy where its largest value was found. */
function maxUnpool(
  { dy, index }: Record<'dy' | 'index', tf.TensorInfo>,
  { height, width, ...window }: PoolWindow & { height: number; width: number },
): tf.TensorInfo {
  const [batch, , , channels] = dy.shape as [number, number, number, number];
  const shape = [batch, height, width, channels];
  const output = allocate(shape);
  const dx = heapView(output).fill(0);
  const upstream = heapView(dy);
  const taps = heapBytes(index);
  eachTap(shape, window, (out, input, tap) => {
    for (let channel = 0; channel < channels; channel++) {
      if (taps[out + channel] === tap) dx[input + channel]! += upstream[out + channel]!;
    }
  });
  return output;
}

/** Max-pooling as loops over the heap. */
export function registerPoolingKernels(): void {
  registerHeapKernel(SCALED_MAX_POOL, scaledMaxPool);
  registerHeapKernel(MAX_UNPOOL, maxUnpool);
}
