import type * as tf from '@tensorflow/tfjs-core';
import { COMBINE_GRADIENTS } from '../../engine/model/kernels/combine-gradients';
import { allocate, heapView } from './heap';
import { registerHeapKernel } from './heap-kernel';

type Inputs = Record<'dy' | 'x' | 'a' | 'b' | 'c', tf.TensorInfo> & { other?: tf.TensorInfo };

/** a dy + b x + c (+ other), in one pass. */
function combineGradients({ dy, x, a, b, c, other }: Inputs): tf.TensorInfo {
  const output = allocate(dy.shape);
  const y = heapView(output);
  const upstream = heapView(dy);
  const values = heapView(x);
  const onDy = heapView(a);
  const onX = heapView(b);
  const constant = heapView(c);
  const channels = onDy.length;
  for (let at = 0; at < y.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      y[at + channel] =
        upstream[at + channel]! * onDy[channel]! + values[at + channel]! * onX[channel]! + constant[channel]!;
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
