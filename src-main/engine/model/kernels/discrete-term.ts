import * as tf from '@tensorflow/tfjs-core';
import { tidied } from '../tidied';

/** The caller disposes the tensors. */
export interface DiscreteTerm {
  /** 1/2 || C^ + eta1 dC^ - C ||^2, whatever theta is. */
  value: tf.Scalar;
  /** The gradient of C with theta times the term. */
  dC: tf.Tensor4D;
}

/**
 * The third term of Eq. 10 of one layer (mcn.md, section 4), C^ and dC^ being constants. With r = C^ + eta1 dC^ - C, "printed" adds
 * theta r to the gradient of C; "descent" subtracts it, which is the gradient of theta/2 || r ||^2.
 *
 * @param c latent filters [y, x, g * K + c, h]
 * @param chat binarized filters, as c
 * @param dChat the gradient that reaches C^ through the network in this step, as c: that of L_S, and of the center loss where it counts
 * @param dC the gradient of C that the term is added to; not disposed
 * @param rate eta1 of this step
 */
export function discreteTerm(
  form: 'printed' | 'descent',
  { c, chat, dChat, dC }: Record<'c' | 'chat' | 'dChat' | 'dC', tf.Tensor4D>,
  rate: number,
  theta: number,
): DiscreteTerm {
  return tidied(() => {
    const r = tf.sub(tf.add(chat, tf.mul(dChat, rate)), c);
    const weight = form === 'printed' ? theta : -theta;
    return {
      value: tf.mul(tf.sum(tf.square(r)), 0.5) as tf.Scalar,
      dC: tf.add(dC, tf.mul(r, weight)) as tf.Tensor4D,
    };
  });
}
