import * as tf from '@tensorflow/tfjs-core';

/** L_S and its gradient to the logits. */
export interface SoftmaxCrossEntropy {
  loss: tf.Scalar;
  /** (softmax(z) - y) / batch, as the logits. */
  gradient: tf.Tensor2D;
}

/**
 * L_S: softmax cross-entropy, mean over the batch. The caller disposes the result.
 *
 * @param logits [batch, classes]
 * @param oneHot [batch, classes], 1 at the label
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, oneHot: tf.Tensor2D): SoftmaxCrossEntropy {
  return tf.tidy(() => {
    const batch = logits.shape[0];
    const shifted = tf.sub(logits, tf.max(logits, 1, true));
    const logProbability = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
    return {
      loss: tf.div(tf.neg(tf.sum(tf.mul(logProbability, oneHot))), batch) as tf.Scalar,
      gradient: tf.div(tf.sub(tf.exp(logProbability), oneHot), batch) as tf.Tensor2D,
    };
  });
}
