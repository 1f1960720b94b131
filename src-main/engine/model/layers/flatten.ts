import * as tf from '@tensorflow/tfjs-core';
import { materialize, plain } from './feature';
import { written } from '../kernels/upstream';
import { plainGradient } from './gradient';
import type { Layer } from './layer';

/** Height, width, channel order, as the values lie in memory. */
export const flattenLayer: Layer<'flatten'> = (node, [x]) => {
  const { shape } = x!.values;
  return {
    feature: plain(tf.reshape(materialize(x!), [shape[0], 1, 1, node.shape[2]])),
    backward: {
      held: {},
      run: (gradient) => ({ inputs: [plainGradient(tf.reshape(written(gradient), shape))] }),
    },
  };
};
