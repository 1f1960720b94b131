import type * as tf from '@tensorflow/tfjs-core';
import { COMBINE_GRADIENTS } from '../../engine/model/kernels/combine-gradients';
import { allocate, heapBytes, heapView } from './heap';
import { registerHeapKernel } from './heap-kernel';
import { eachTap } from './pooling-kernels';

type Inputs = Record<'dy' | 'x' | 'a' | 'b' | 'c', tf.TensorInfo> &
  Partial<Record<'dyIndex' | 'other', tf.TensorInfo>>;

/** a D + b x + c (+ other), in one pass: windows that lie side by side cover every position once. */
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
  if (dyIndex) {
    const taps = heapBytes(dyIndex);
    eachTap(x.shape, { size: pool, stride: pool }, (out, at, tap) => {
      for (let channel = 0; channel < channels; channel++) {
        const own = taps[out + channel] === tap ? upstream[out + channel]! * onDy[channel]! : 0;
        y[at + channel] = own + values[at + channel]! * onX[channel]! + constant[channel]!;
      }
    });
  } else {
    for (let at = 0; at < y.length; at += channels) {
      for (let channel = 0; channel < channels; channel++) {
        const own = upstream[at + channel]! * onDy[channel]!;
        y[at + channel] = own + values[at + channel]! * onX[channel]! + constant[channel]!;
      }
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
