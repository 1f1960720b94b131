import type * as tf from '@tensorflow/tfjs-core';
import { allFinite, FINITE_CHECK } from '../../engine/model/kernels/finite-check';
import {
  SOFTMAX_CROSS_ENTROPY,
  softmaxCrossEntropyInto,
} from '../../engine/model/kernels/softmax-cross-entropy';
import { allocate, heapView } from './heap';
import { registerHeapKernel } from './heap-kernel';

function softmaxCrossEntropy({
  logits,
  oneHot,
}: Record<'logits' | 'oneHot', tf.TensorInfo>): tf.TensorInfo[] {
  const outputs = [allocate([]), allocate(logits.shape), allocate([])];
  const [loss, gradient, correct] = outputs.map(heapView) as [Float32Array, Float32Array, Float32Array];
  const found = softmaxCrossEntropyInto(heapView(logits), heapView(oneHot), logits.shape[1]!, gradient);
  loss[0] = found.loss;
  correct[0] = found.correct;
  return outputs;
}

function finiteCheck(tensors: Record<string, tf.TensorInfo>): tf.TensorInfo {
  const output = allocate([]);
  const finite = Object.values(tensors).every((tensor) => allFinite(heapView(tensor)));
  heapView(output)[0] = finite ? 0 : NaN;
  return output;
}

/** The loss, and the look at its gradients, as loops over the heap. */
export function registerLossKernels(): void {
  registerHeapKernel(FINITE_CHECK, finiteCheck);
  registerHeapKernel(SOFTMAX_CROSS_ENTROPY, softmaxCrossEntropy);
}
