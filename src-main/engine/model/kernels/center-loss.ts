import * as tf from '@tensorflow/tfjs-core';
import { tidied } from '../tidied';

/** Share of the way that a class mean goes to the mean of its batch (mcn.md, section 4). */
const MEAN_RATE = 0.5;

/** Means of the features of every class, and which of them have begun. */
export interface Means {
  /** [classes, features]; zeros for a class that has not begun. */
  values: tf.Tensor2D;
  /** [classes, 1]: 1 for a class that has. */
  known: tf.Tensor2D;
}

/** The caller disposes the tensors. */
export interface CenterLoss {
  /** 1/2 mean over the batch of || f - mean_y ||^2, whatever lambda is. */
  value: tf.Scalar;
  /** (f - mean_y) / batch, as the features. */
  gradient: tf.Tensor2D;
  /** The means after the batch. */
  means: Means;
}

/**
 * L_center for lambda = 1 (mcn.md, section 4; Eq. 2), the means being constants: 1/(2 batch) sum || f_m - mean_{y_m} ||^2. A class that
 * has not begun begins with the mean of its images in the batch, which the loss uses already. Then mean_y += 0.5 (batch mean of class
 * y - mean_y) for the classes in the batch.
 *
 * @param features f, [batch, features]
 * @param oneHot [batch, classes], 1 at the label
 * @param means before the batch; not changed
 */
export function centerLoss(features: tf.Tensor2D, oneHot: tf.Tensor2D, { values, known }: Means): CenterLoss {
  const [batch, classes] = oneHot.shape;
  return tidied(() => {
    const counts = tf.reshape(tf.sum(oneHot, 0), [classes, 1]);
    const present = tf.minimum(counts, 1);
    const batchMeans = tf.div(tf.matMul(oneHot, features, true), tf.maximum(counts, 1));
    const before = tf.add(values, tf.mul(tf.sub(1, known), batchMeans)) as tf.Tensor2D;
    const difference = tf.sub(features, tf.matMul(oneHot, before));
    const step = tf.mul(tf.mul(present, MEAN_RATE), tf.sub(batchMeans, before));
    return {
      value: tf.div(tf.sum(tf.square(difference)), 2 * batch) as tf.Scalar,
      gradient: tf.div(difference, batch) as tf.Tensor2D,
      means: {
        values: tf.add(before, step) as tf.Tensor2D,
        known: tf.maximum(known, present) as tf.Tensor2D,
      },
    };
  });
}
