import * as tf from '@tensorflow/tfjs-core';

/** Images with stride - 1 zeros between their values, as gradients of strided windows need them. Call inside a tidy. */
export function dilate(images: tf.Tensor4D, strideHeight: number, strideWidth = strideHeight): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  if (strideHeight === 1 && strideWidth === 1) return images;
  const spread = tf.pad(tf.reshape(images, [batch * height, 1, width, channels]), [
    [0, 0],
    [0, strideHeight - 1],
    [0, 0],
    [0, channels * (strideWidth - 1)],
  ]);
  const full = tf.reshape(spread, [batch, height * strideHeight, width * strideWidth, channels]);
  return tf.slice(
    full,
    [0, 0, 0, 0],
    [batch, (height - 1) * strideHeight + 1, (width - 1) * strideWidth + 1, channels],
  ) as tf.Tensor4D;
}
