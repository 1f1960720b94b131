import * as tf from '@tensorflow/tfjs-core';
import { materialize, plain } from './feature';
import { written } from '../kernels/upstream';
import { plainGradient } from './gradient';
import { passThrough } from './identity';
import type { Layer } from './layer';

/** Zero maps behind the existing channels. */
export const padMapsLayer: Layer<'padmaps'> = (node, [x]) => {
  const { shape } = x!.values;
  const missing = node.shape[2] - shape[3];
  if (missing === 0) return passThrough(x!);
  const padded = tf.pad4d(materialize(x!), [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, missing],
  ]);
  return {
    feature: plain(padded),
    backward: {
      held: {},
      run: (gradient) => ({
        inputs: [plainGradient(tf.slice(written(gradient), [0, 0, 0, 0], shape))],
      }),
    },
  };
};
