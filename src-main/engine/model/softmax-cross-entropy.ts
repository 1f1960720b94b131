import * as tf from '@tensorflow/tfjs-core';

/**
 * L_S: softmax cross-entropy, mean over the batch; its gradient is (softmax(z) - y) / batch.
 *
 * @param logits [batch, classes]
 * @param oneHot [batch, classes], 1 at the label
 * @returns scalar; differentiable to the logits
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, oneHot: tf.Tensor2D): tf.Scalar {
  const loss = tf.customGrad((z, save) => {
    const shifted = tf.sub(z as tf.Tensor, tf.max(z as tf.Tensor, 1, true));
    const logProbability = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
    const batch = logits.shape[0];
    (save as tf.GradSaveFunc)([logProbability]);
    const value = tf.div(tf.neg(tf.sum(tf.mul(logProbability, oneHot))), batch);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        tf.mul(dy, tf.div(tf.sub(tf.exp(saved[0]!), oneHot), batch)),
    };
  });
  return loss(logits) as tf.Scalar;
}
