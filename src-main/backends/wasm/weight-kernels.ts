import type * as tf from '@tensorflow/tfjs-core';
import { binarizeInto } from '@shared/binarization/assign-centers';
import {
  ADADELTA_STEP,
  adadeltaStepInto,
  type AdadeltaAttributes,
} from '../../engine/model/kernels/adadelta-step';
import { ADAM_STEP, adamStepInto, type AdamAttributes } from '../../engine/model/kernels/adam-step';
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

function adamStep(
  { w, gradient, first, second }: Record<'w' | 'gradient' | 'first' | 'second', tf.TensorInfo>,
  attributes: AdamAttributes,
): tf.TensorInfo[] {
  const outputs = [allocate(w.shape), allocate(w.shape), allocate(w.shape)] as const;
  const [newW, newFirst, newSecond] = outputs;
  adamStepInto(viewsOf({ w, gradient, first, second, newW, newFirst, newSecond }), attributes);
  return [...outputs];
}

function adadeltaStep(
  { w, gradient, squares, updates }: Record<'w' | 'gradient' | 'squares' | 'updates', tf.TensorInfo>,
  attributes: AdadeltaAttributes,
): tf.TensorInfo[] {
  const outputs = [allocate(w.shape), allocate(w.shape), allocate(w.shape)] as const;
  const [newW, newSquares, newUpdates] = outputs;
  adadeltaStepInto(viewsOf({ w, gradient, squares, updates, newW, newSquares, newUpdates }), attributes);
  return [...outputs];
}

/** Views of tensors that are all allocated. */
function viewsOf<Name extends string>(tensors: Record<Name, tf.TensorInfo>): Record<Name, Float32Array> {
  const entries = Object.entries<tf.TensorInfo>(tensors);
  return Object.fromEntries(entries.map(([name, tensor]) => [name, heapView(tensor)])) as Record<
    Name,
    Float32Array
  >;
}

/** Kernels over weights as loops over the heap. */
export function registerWeightKernels(): void {
  registerHeapKernel(BINARIZE, binarize);
  registerHeapKernel(SGD_STEP, sgdStep);
  registerHeapKernel(ADAM_STEP, adamStep);
  registerHeapKernel(ADADELTA_STEP, adadeltaStep);
}
