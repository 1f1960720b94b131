import * as tf from '@tensorflow/tfjs-core';
import { binarizeInto } from '@shared/binarization/assign-centers';
import { callKernel, registerComposed } from './kernel';

/** Binarize (c, centers) -> C^, every weight replaced by its nearest center. */
export const BINARIZE = 'Binarize';

/**
 * C^: every weight replaced by its nearest center, the higher one on a tie (Eq. 6), decided as in the packed writer.
 *
 * @param c latent filters, any shape
 * @param centers ascending, [n]
 */
export function binarize(c: tf.Tensor4D, centers: tf.Tensor1D): tf.Tensor4D {
  return callKernel(BINARIZE, { c, centers })[0] as tf.Tensor4D;
}

/** Registers the kernel for a backend that can be read synchronously: the one loop that decides, over copies of the values. */
export function registerComposedBinarize(backendName: string): void {
  registerComposed(BINARIZE, backendName, ({ c, centers }: Record<'c' | 'centers', tf.Tensor>) => {
    const values = c.dataSync<'float32'>();
    const binary = new Float32Array(values.length);
    binarizeInto(values, centers.dataSync<'float32'>(), binary);
    return tf.tensor(binary, c.shape);
  });
}
