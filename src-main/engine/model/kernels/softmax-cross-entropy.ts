import * as tf from '@tensorflow/tfjs-core';
import { callKernel, registerComposed } from './kernel';

/** SoftmaxCrossEntropy (logits, oneHot) -> [loss, gradient, correct]. */
export const SOFTMAX_CROSS_ENTROPY = 'SoftmaxCrossEntropy';

/** L_S of a batch, its gradient, and how much of the batch was classified right. */
export interface SoftmaxCrossEntropy {
  loss: tf.Scalar;
  /** (softmax(z) - y) / batch, as the logits. */
  gradient: tf.Tensor2D;
  /** Rows whose first largest logit stands at the label. */
  correct: tf.Scalar;
}

/**
 * L_S: softmax cross-entropy, mean over the batch. The caller disposes the result.
 *
 * @param logits [batch, classes]
 * @param oneHot [batch, classes], 1 at the label
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, oneHot: tf.Tensor2D): SoftmaxCrossEntropy {
  const [loss, gradient, correct] = callKernel(SOFTMAX_CROSS_ENTROPY, { logits, oneHot });
  return { loss: loss as tf.Scalar, gradient: gradient as tf.Tensor2D, correct: correct as tf.Scalar };
}

/**
 * The same over arrays, for backends whose tensors are such: a few thousand values, which as fifteen operations take longer than all of
 * what they compute.
 * @param gradient is written
 */
export function softmaxCrossEntropyInto(
  logits: Float32Array,
  oneHot: Float32Array,
  classes: number,
  gradient: Float32Array,
): { loss: number; correct: number } {
  const batch = logits.length / classes;
  let loss = 0;
  let correct = 0;
  for (let row = 0; row < logits.length; row += classes) {
    let largest = row;
    let label = row;
    for (let at = row + 1; at < row + classes; at++) {
      if (logits[at]! > logits[largest]!) largest = at;
      if (oneHot[at]! > oneHot[label]!) label = at;
    }
    if (largest === label) correct += 1;
    let sum = 0;
    for (let at = row; at < row + classes; at++) sum += Math.exp(logits[at]! - logits[largest]!);
    const logSum = Math.log(sum);
    for (let at = row; at < row + classes; at++) {
      const logProbability = logits[at]! - logits[largest]! - logSum;
      loss -= logProbability * oneHot[at]!;
      gradient[at] = (Math.exp(logProbability) - oneHot[at]!) / batch;
    }
  }
  return { loss: loss / batch, correct };
}

function compute(logits: tf.Tensor2D, oneHot: tf.Tensor2D): tf.Tensor[] {
  const batch = logits.shape[0];
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const logProbability = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
  const hits = tf.equal(tf.argMax(logits, 1), tf.argMax(oneHot, 1));
  return [
    tf.div(tf.neg(tf.sum(tf.mul(logProbability, oneHot))), batch),
    tf.div(tf.sub(tf.exp(logProbability), oneHot), batch),
    tf.sum(tf.cast(hits, 'float32')),
  ];
}

/** Registers the kernel as a composition of a backend's own operations. */
export function registerComposedSoftmaxCrossEntropy(backendName: string): void {
  registerComposed(
    SOFTMAX_CROSS_ENTROPY,
    backendName,
    ({ logits, oneHot }: Record<'logits' | 'oneHot', tf.Tensor2D>) => compute(logits, oneHot),
  );
}
