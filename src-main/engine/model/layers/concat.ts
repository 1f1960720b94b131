import * as tf from '@tensorflow/tfjs-core';
import { materialize, plain } from './feature';
import { written } from '../kernels/upstream';
import { plainGradient } from './gradient';
import type { Layer } from './layer';

/** The channels of its inputs behind one another. */
export const concatLayer: Layer<'concat'> = (_node, inputs) => {
  const widths = inputs.map(({ values }) => values.shape[3]);
  return {
    feature: plain(tf.concat(inputs.map(materialize), 3)),
    backward: {
      held: {},
      run: (gradient) => ({
        inputs: tf.split(written(gradient), widths, 3).map((dy) => plainGradient(dy as tf.Tensor4D)),
      }),
    },
  };
};
