import * as tf from '@tensorflow/tfjs-core';
import { binarizeInto } from '@shared/binarization/assign-centers';

/**
 * C^: every weight replaced by its nearest center, the higher one on a tie (Eq. 6), decided by the same loop as in the packed
 * writer. Straight-through, unclipped: the gradient to C is the gradient to C^ (Eq. 12).
 *
 * @param c latent filters, any shape
 * @param centers ascending
 */
export function binarize(c: tf.Tensor4D, centers: Float32Array): tf.Tensor4D {
  const quantize = tf.customGrad((latent) => {
    const values = (latent as tf.Tensor).dataSync() as Float32Array;
    const binary = new Float32Array(values.length);
    binarizeInto(values, centers, binary);
    return { value: tf.tensor4d(binary, c.shape), gradFunc: (dy: tf.Tensor) => dy };
  });
  return quantize(c) as tf.Tensor4D;
}
