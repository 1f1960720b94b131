import * as tf from '@tensorflow/tfjs-core';
import type { LayerForward } from './pass';

/** Zero maps behind the existing channels. */
export const forwardPadMaps: LayerForward<'padmaps'> = (node, [x]) => {
  const missing = node.shape[2] - x!.shape[3];
  return missing === 0
    ? x!
    : tf.pad4d(x!, [
        [0, 0],
        [0, 0],
        [0, 0],
        [0, missing],
      ]);
};

export const forwardAdd: LayerForward<'add'> = (_node, inputs) =>
  inputs.reduce((sum, input) => tf.add(sum, input) as tf.Tensor4D);

export const forwardConcat: LayerForward<'concat'> = (_node, inputs) => tf.concat([...inputs], 3);

/** Height, width, channel order, as the values lie in memory. */
export const forwardFlatten: LayerForward<'flatten'> = (node, [x]) =>
  tf.reshape(x!, [x!.shape[0], 1, 1, node.shape[2]]);

export const forwardDense: LayerForward<'dense'> = (node, [x], pass) => {
  const rows = tf.reshape(x!, [x!.shape[0], x!.shape[3]]);
  const product = tf.matMul(rows, pass.weights.get(node.id, 'kernel'));
  const y = tf.add(product, pass.weights.get(node.id, 'bias'));
  return tf.reshape(y, [x!.shape[0], 1, 1, node.values.units]);
};

/** The images, and the logits: both pass unchanged. */
export const forwardIdentity: LayerForward<'input' | 'output'> = (_node, [x]) => x!;
