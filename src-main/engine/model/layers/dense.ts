import * as tf from '@tensorflow/tfjs-core';
import { normalizeBackprop, type Normalization } from '../kernels/normalization';
import { materialize, shareNormalized } from './feature';
import { share } from '../share';
import { written } from '../kernels/upstream';
import { plainGradient, type Gradient } from './gradient';
import type { Layer } from './layer';

/**
 * y = x W + b. Back: dW = x^T dy, db = sum dy, dx = dy W^T.
 *
 * The bias is left to the reader, as a normalisation of scale 1: a ReLU behind it is applied along, and its gradient is a sum that a
 * reduction finds anyway.
 */
export const denseLayer: Layer<'dense'> = (node, [input], pass, plan) => {
  const { shape } = input!.values;
  const { units } = node.values;
  const x = tf.reshape(materialize(input!), [shape[0], shape[3]]);
  const kernel = pass.weights.get(node.id, 'kernel') as tf.Tensor as tf.Tensor2D;
  const norm: Normalization = {
    scale: tf.ones([units]),
    shift: share(pass.weights.get(node.id, 'bias') as tf.Tensor as tf.Tensor1D),
    relu: false,
    center: tf.zeros([units]),
  };
  const values = tf.reshape(tf.matMul(x, kernel), [shape[0], 1, 1, units]) as tf.Tensor4D;
  const held = { x: share(x), y: shareNormalized({ values, norm }) };
  return {
    feature: { values, norm, statistics: null, pooled: null },
    backward: {
      held,
      run: (gradient) => {
        const { d, bias } = reduced(held.y.values, held.y.norm!, gradient);
        const dy = tf.reshape(d, [shape[0], units]);
        const dx = plan.inputs[0]!.gradient
          ? plainGradient(tf.reshape(tf.matMul(dy, kernel, false, true), shape))
          : null;
        return { inputs: [dx], weights: { kernel: tf.matMul(held.x, dy, true), bias } };
      },
    },
  };
};

/** The gradient to x W + b and its sum, taken now unless the reader took it on its way. */
function reduced(
  y: tf.Tensor4D,
  norm: Normalization,
  gradient: Gradient,
): { d: tf.Tensor4D; bias: tf.Tensor1D } {
  if (gradient.reduced) return { d: written(gradient), bias: share(gradient.reduced.sum) };
  const found = normalizeBackprop(y, written(gradient), norm);
  return { d: found.d, bias: found.reduced.sum };
}
