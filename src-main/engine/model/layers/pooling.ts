import * as tf from '@tensorflow/tfjs-core';
import type { LayerForward } from './pass';

export const forwardMaxPool: LayerForward<'maxpool'> = (node, [x]) =>
  tf.maxPool(x!, node.values.size, node.values.stride, 'same');

/** Mean over the part of each window that lies inside the image. */
export const forwardAvgPool: LayerForward<'avgpool'> = (node, [x]) =>
  tf.avgPool(x!, node.values.size, node.values.stride, 'same');

export const forwardGlobalAvgPool: LayerForward<'globalavgpool'> = (_node, [x]) => {
  const [batch, height, width, channels] = x!.shape;
  const means = tf.mean(tf.reshape(x!, [batch, height * width, channels]), 1);
  return tf.reshape(means, [batch, 1, 1, channels]);
};
