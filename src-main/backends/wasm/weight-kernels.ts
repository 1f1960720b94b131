import type * as tf from '@tensorflow/tfjs-core';
import { binarizeInto } from '@shared/binarization/assign-centers';
import { BINARIZE } from '../../engine/model/kernels/binarize';
import { SGD_STEP, type SgdAttributes } from '../../engine/model/kernels/sgd-step';
import { allocate, heapView } from './heap';
import { registerHeapKernel } from './heap-kernel';

function binarize({ c, centers }: Record<'c' | 'centers', tf.TensorInfo>): tf.TensorInfo {
  const chat = allocate(c.shape);
  binarizeInto(heapView(c), heapView(centers), heapView(chat));
  return chat;
}

/** One pass over weight, gradient and slot. */
function sgdStep(
  { w, gradient, slot }: Record<'w' | 'gradient' | 'slot', tf.TensorInfo>,
  { rate, momentum, decay, absolute }: SgdAttributes,
): tf.TensorInfo[] {
  const outputs = [allocate(w.shape), allocate(w.shape)];
  const [newWeights, newSlots] = outputs.map(heapView) as [Float32Array, Float32Array];
  const weights = heapView(w);
  const gradients = heapView(gradient);
  const slots = heapView(slot);
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at]!;
    const g = gradients[at]! + decay * weight;
    const kept = momentum * slots[at]! + g;
    const moved = weight - rate * (g + momentum * kept);
    newSlots[at] = kept;
    newWeights[at] = absolute ? Math.abs(moved) : moved;
  }
  return outputs;
}

/** Kernels over weights as loops over the heap. */
export function registerWeightKernels(): void {
  registerHeapKernel(BINARIZE, binarize);
  registerHeapKernel(SGD_STEP, sgdStep);
}
