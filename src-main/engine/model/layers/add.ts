import * as tf from '@tensorflow/tfjs-core';
import { addWithStatistics } from '../kernels/add-with-statistics';
import { materialize, plain } from './feature';
import { share } from '../share';
import { written } from '../kernels/upstream';
import { plainGradient } from './gradient';
import type { Layer } from './layer';

/** Sum of its inputs; the last addition takes the statistics along if a batch norm follows. */
export const addLayer: Layer<'add'> = (node, inputs, pass, plan) => {
  const terms = inputs.map(materialize);
  const last = terms.pop()!;
  const rest = terms.reduce((sum, term) => tf.add(sum, term));
  const { y, statistics } =
    pass.training && plan.statistics
      ? addWithStatistics(rest, last)
      : { y: tf.add(rest, last) as tf.Tensor4D, statistics: null };
  return {
    feature: { ...plain(y), statistics },
    backward: {
      held: {},
      run: (gradient) => {
        const dy = written(gradient);
        return { inputs: node.inputs.map(() => plainGradient(share(dy))) };
      },
    },
  };
};
