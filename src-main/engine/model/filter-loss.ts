import * as tf from '@tensorflow/tfjs-core';

/** "per-plane": each plane of Q against C (Eq. 13, 17); "summed": the sum of the planes (Eq. 1 with Eq. 3 read literally). */
export type FilterLossForm = 'per-plane' | 'summed';

/** Value and gradients for theta = 1; the caller disposes them. */
export interface FilterLoss {
  /** 1/2 sum || ... ||^2. */
  value: tf.Scalar;
  dC: tf.Tensor4D;
  dM: tf.Tensor3D;
}

/**
 * L_filter of one layer for theta = 1 (mcn.md, section 4), C^ being a constant. With per tap t = (y, x), sums over (g, c, h):
 * A = sum C C^, B = sum C^ C^, S1 = sum_j M_j, S2 = sum_j M_j^2,
 *
 *     per plane:  value = 1/2 sum_t (K sum C^2 - 2 S1 A + S2 B)    dC = K C - C^ S1     dM_j = M_j B - A
 *     summed:     value = 1/2 sum_t (sum C^2 - 2 S1 A + S1^2 B)    dC = C - C^ S1       dM_j = S1 B - A
 *
 * so that no plane of Q is ever built.
 * @param c latent filters [y, x, g * K + c, h]
 * @param chat binarized filters, as c
 * @param m M-Filter [K, y, x]
 */
export function filterLoss(
  c: tf.Tensor4D,
  chat: tf.Tensor4D,
  m: tf.Tensor3D,
  form: FilterLossForm,
): FilterLoss {
  return tf.tidy(() => {
    const [k, height, width] = m.shape;
    const taps = height * width;
    const latent = tf.reshape(c, [taps, -1]);
    const binary = tf.reshape(chat, [taps, -1]);
    const planes = tf.reshape(m, [k, taps]);
    const a = tf.sum(tf.mul(latent, binary), 1);
    const b = tf.sum(tf.square(binary), 1);
    const own = tf.sum(tf.square(latent), 1);
    const s1 = tf.sum(planes, 0);
    const summed = form === 'summed';
    const s2 = summed ? tf.square(s1) : tf.sum(tf.square(planes), 0);
    const copies = summed ? 1 : k;
    const perTap = tf.add(tf.sub(tf.mul(own, copies), tf.mul(tf.mul(s1, a), 2)), tf.mul(s2, b));
    const projected = tf.mul(binary, tf.reshape(s1, [taps, 1]));
    const factor = summed ? tf.tile(tf.reshape(s1, [1, taps]), [k, 1]) : planes;
    return {
      value: tf.mul(tf.sum(perTap), 0.5) as tf.Scalar,
      dC: tf.reshape(tf.sub(tf.mul(latent, copies), projected), c.shape) as tf.Tensor4D,
      dM: tf.reshape(tf.sub(tf.mul(factor, b), a), m.shape) as tf.Tensor3D,
    };
  });
}
