import * as tf from '@tensorflow/tfjs-core';
import { normalizeBackprop, type Normalization } from '../kernels/normalization';
import { plain, shareNormalized, sharePooled, type Feature } from './feature';
import { share } from '../share';
import { written } from '../kernels/upstream';
import { plainGradient, shareGradient } from './gradient';
import type { Layer, LayerOutput } from './layer';

/** ReLU: part of the normalisation of a feature that has one, a tensor of its own otherwise. */
export const reluLayer: Layer<'relu'> = (_node, [x]) => {
  const { values, norm, pooled } = x!;
  return norm ? normalizedRelu(values, { ...norm, relu: true }, pooled) : plainRelu(values);
};

/** Back: masked and reduced, unless the reader did that. */
function normalizedRelu(values: tf.Tensor4D, norm: Normalization, pooled: Feature['pooled']): LayerOutput {
  const feature: Feature = {
    ...shareNormalized({ values, norm }),
    statistics: null,
    pooled: sharePooled(pooled),
  };
  const held = shareNormalized({ values, norm });
  return {
    feature,
    backward: {
      held,
      run: (gradient) => {
        if (gradient.reduced) return { inputs: [shareGradient(gradient)] };
        const { d, reduced } = normalizeBackprop(held.values, written(gradient), held.norm!);
        return { inputs: [{ dy: d, pooled: null, lazy: null, reduced }] };
      },
    },
  };
}

function plainRelu(x: tf.Tensor4D): LayerOutput {
  const y = tf.relu(x);
  const held = { y: share(y) };
  return {
    feature: plain(y),
    backward: {
      held,
      run: (gradient) => ({
        inputs: [plainGradient(tf.mul(written(gradient), tf.step(held.y)) as tf.Tensor4D)],
      }),
    },
  };
}
