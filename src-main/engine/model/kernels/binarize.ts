import * as tf from '@tensorflow/tfjs-core';
import { centerThresholds } from '@shared/binarization/center-thresholds';
import { callKernel, registerComposed } from './kernel';

/** Binarize (c, centers) -> C^, every weight replaced by its nearest center. */
export const BINARIZE = 'Binarize';

/**
 * C^: every weight replaced by its nearest center, the higher one on a tie (Eq. 6), decided as in the packed writer.
 *
 * @param c latent filters, any shape
 * @param centers ascending, [n]; made for the call of values, not computed on the device
 */
export function binarize(c: tf.Tensor4D, centers: tf.Tensor1D): tf.Tensor4D {
  return callKernel(BINARIZE, { c, centers })[0] as tf.Tensor4D;
}

/** Registers the kernel as a composition of a backend's own operations; centers that were never used lie on this side of the device. */
export function registerComposedBinarize(backendName: string): void {
  registerComposed(BINARIZE, backendName, ({ c, centers }: Record<'c' | 'centers', tf.Tensor>) => {
    const values = centers.dataSync<'float32'>();
    const filled = (value: number): tf.Tensor => tf.fill(c.shape, value);
    return centerThresholds(values).reduce(
      (chat, threshold, index) =>
        tf.where(tf.greaterEqual(c, tf.scalar(threshold)), filled(values[index + 1]!), chat),
      filled(values[0]!),
    );
  });
}
