import * as tf from '@tensorflow/tfjs-core';
import { callKernel, registerComposed } from './kernel';

/**
 * What stands between filters with M and the filters Q of an ordinary convolution, for backends that compute modulated convolutions so:
 * - ReconstructFilters (chat, m) -> Q
 * - FactorGradient (dQ, chat, m) -> [dC^, dM]
 */
export const RECONSTRUCT_FILTERS = 'ReconstructFilters';
export const FACTOR_GRADIENT = 'FactorGradient';

/**
 * Q[y, x, g*K+c, h*K+k] = C^[y, x, g*K+c, h] M[k, y, x] (Eq. 4, 5).
 *
 * @param chat [W, W, G * K, H]
 * @param m [K, W, W]
 * @returns [W, W, G * K, H * K]
 */
export function reconstructFilters(chat: tf.Tensor4D, m: tf.Tensor3D): tf.Tensor4D {
  return callKernel(RECONSTRUCT_FILTERS, { chat, m })[0] as tf.Tensor4D;
}

/** dC^ = sum_k dQ M, dM = sum_{g,c,h} dQ C^. */
export function factorGradient(
  dQ: tf.Tensor4D,
  chat: tf.Tensor4D,
  m: tf.Tensor3D,
): [dChat: tf.Tensor, dM: tf.Tensor] {
  return callKernel(FACTOR_GRADIENT, { dQ, chat, m }) as [tf.Tensor, tf.Tensor];
}

type Inputs = { chat: tf.Tensor4D; m: tf.Tensor3D };

/** Registers the kernels as compositions of a backend's own operations. */
export function registerComposedModulation(backendName: string): void {
  registerComposed(RECONSTRUCT_FILTERS, backendName, ({ chat, m }: Inputs) => {
    const [height, width, channels, maps] = chat.shape;
    const planes = m.shape[0];
    const tapMajor = tf.reshape(tf.transpose(m, [1, 2, 0]), [height * width, 1, planes]);
    const filters = tf.mul(tf.reshape(chat, [height * width, channels * maps, 1]), tapMajor);
    return tf.reshape(filters, [height, width, channels, maps * planes]);
  });
  registerComposed(FACTOR_GRADIENT, backendName, ({ dQ, chat, m }: Inputs & { dQ: tf.Tensor4D }) => {
    const [height, width, channels, maps] = chat.shape;
    const planes = m.shape[0];
    const perTap = tf.reshape(dQ, [height * width, channels * maps, planes]);
    // As products of single rows, which backends have the fastest ways for, and add up the most exactly.
    const tapMajor = tf.reshape(tf.transpose(m, [1, 2, 0]), [height * width, 1, planes]);
    const dChat = tf.reshape(tf.matMul(tapMajor, perTap, false, true), chat.shape);
    const binary = tf.reshape(chat, [height * width, 1, channels * maps]);
    const dTaps = tf.reshape(tf.matMul(binary, perTap), [height, width, planes]);
    return [dChat, tf.transpose(dTaps, [2, 0, 1])];
  });
}
