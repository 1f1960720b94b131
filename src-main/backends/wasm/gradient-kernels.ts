import type * as tf from '@tensorflow/tfjs-core';
import { COMBINE_GRADIENTS } from '../../engine/model/kernels/combine-gradients';
import { allocate, heapBytes, heapView } from './heap';
import { registerHeapKernel } from './heap-kernel';
import { eachTap } from './pooling-kernels';

type Inputs = Record<'dy' | 'x' | 'a' | 'b' | 'c', tf.TensorInfo> &
  Partial<Record<'dyIndex' | 'other', tf.TensorInfo>>;

/** a D + b x + c (+ other): b x + c first, then a dy at its places. */
function combineGradients(
  { dy, dyIndex, x, a, b, c, other }: Inputs,
  { pool }: { pool: number },
): tf.TensorInfo {
  const output = allocate(x.shape);
  const y = heapView(output);
  const upstream = heapView(dy);
  const values = heapView(x);
  const onDy = heapView(a);
  const onX = heapView(b);
  const constant = heapView(c);
  const channels = onDy.length;
  for (let at = 0; at < y.length; at += channels) {
    for (let channel = 0; channel < channels; channel++)
      y[at + channel] = values[at + channel]! * onX[channel]! + constant[channel]!;
  }
  if (dyIndex) {
    const taps = heapBytes(dyIndex);
    eachTap(x.shape, { size: pool, stride: pool }, (out, input, tap) => {
      for (let channel = 0; channel < channels; channel++) {
        if (taps[out + channel] === tap) y[input + channel]! += upstream[out + channel]! * onDy[channel]!;
      }
    });
  } else {
    for (let at = 0; at < y.length; at += channels) {
      for (let channel = 0; channel < channels; channel++)
        y[at + channel]! += upstream[at + channel]! * onDy[channel]!;
    }
  }
  if (other) addTo(y, heapView(other));
  return output;
}

function addTo(y: Float32Array, other: Float32Array): void {
  for (let at = 0; at < y.length; at++) y[at]! += other[at]!;
}

/** Gradients as loops over the heap. */
export function registerGradientKernels(): void {
  registerHeapKernel(COMBINE_GRADIENTS, combineGradients);
}
