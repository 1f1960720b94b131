import * as tf from '@tensorflow/tfjs-core';
import {
  MODULATED_CONV_2D,
  MODULATED_CONV_2D_BACKPROP_FILTER,
  MODULATED_CONV_2D_BACKPROP_INPUT,
} from './kernel-names';

/**
 * MCconv (Eq. 7-9): out[h,k](p) = sum_{g,c,y,x} F[g,c](stride p + (y,x) - before) C^[h,g][c,y,x] M[k,y,x], SAME padding, no bias.
 * Differentiable to all three inputs.
 *
 * @param x [batch, height, width, G * K], channel = map * K + plane
 * @param chat [W, W, G * K, H], (y, x, g * K + c, h)
 * @param m [K, W, W]
 * @returns [batch, ceil(height / stride), ceil(width / stride), H * K], map-major
 */
export function modulatedConv2D(
  x: tf.Tensor4D,
  chat: tf.Tensor4D,
  m: tf.Tensor3D,
  stride: number,
): tf.Tensor4D {
  return tf.engine().runKernel(MODULATED_CONV_2D, { x, chat, m }, { stride }) as tf.Tensor4D;
}

/** The gradient of {@link modulatedConv2D}, for whatever backend is active. */
const gradient: tf.GradConfig = {
  kernelName: MODULATED_CONV_2D,
  inputsToSave: ['x', 'chat', 'm'],
  gradFunc: (upstream, saved, attrs) => {
    const dy = upstream as tf.Tensor;
    const [x, chat, m] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
    const stride = attrs.stride!;
    const [dChat, dM] = tf
      .engine()
      .runKernel(MODULATED_CONV_2D_BACKPROP_FILTER, { x, dy, chat, m }, { stride }) as tf.Tensor[];
    return {
      x: () =>
        tf
          .engine()
          .runKernel(
            MODULATED_CONV_2D_BACKPROP_INPUT,
            { dy, chat, m },
            { stride, inputShape: x.shape },
          ) as tf.Tensor,
      chat: () => tf.clone(dChat!),
      m: () => tf.clone(dM!),
    };
  },
};

tf.registerGradient(gradient);
