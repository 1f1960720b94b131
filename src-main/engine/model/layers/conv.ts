import type * as tf from '@tensorflow/tfjs-core';
import { normalizedConv2D, normalizedConv2DBackprop } from '../kernels/normalized-conv-2d';
import { shareNormalized } from './feature';
import { demandOf, gradientOf } from './input-gradient';
import type { Layer } from './layer';
import { outputDemand } from './output-demand';

/** Ordinary convolution, SAME padding. */
export const convLayer: Layer<'conv'> = (node, [x], pass, plan) => {
  const { stride } = node.values;
  const kernel = pass.weights.get(node.id, 'kernel') as tf.Tensor as tf.Tensor4D;
  const held = shareNormalized(x!);
  const { y, statistics, pooled } = normalizedConv2D(x!, kernel, stride, outputDemand(pass, plan));
  return {
    feature: { values: y, norm: null, statistics, pooled },
    backward: {
      held,
      run: (gradient) => {
        const demand = demandOf(held, plan.inputs[0]!);
        const found = normalizedConv2DBackprop(held, kernel, gradient, stride, demand);
        return { inputs: [gradientOf(found)], weights: { kernel: found.dFilter } };
      },
    },
  };
};
