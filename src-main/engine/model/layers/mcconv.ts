import type * as tf from '@tensorflow/tfjs-core';
import {
  latentModulationGradient,
  modulatedConv2D,
  modulatedConv2DBackprop,
} from '../kernels/modulated-conv-2d';
import { shareNormalized } from './feature';
import { demandOf, gradientOf } from './input-gradient';
import type { Layer } from './layer';
import { outputDemand } from './output-demand';

/** MCconv (Eq. 7-9). The gradient to C is the one to C^ (straight-through, Eq. 12); the one to M is taken with C^ or with C. */
export const mcconvLayer: Layer<'mcconv'> = (node, [x], pass, plan) => {
  const { stride } = node.values;
  const m = pass.weights.get(node.id, 'M') as tf.Tensor as tf.Tensor3D;
  const held = { x: shareNormalized(x!), chat: pass.filters(node.id) };
  const { y, statistics, pooled } = modulatedConv2D(x!, held.chat, m, stride, outputDemand(pass, plan));
  return {
    feature: { values: y, norm: null, statistics, pooled },
    backward: {
      held,
      run: (gradient) => {
        const demand = demandOf(held.x, plan.inputs[0]!);
        const found = modulatedConv2DBackprop(held.x, held.chat, m, gradient, stride, demand);
        const latent = pass.weights.get(node.id, 'C') as tf.Tensor as tf.Tensor4D;
        const dM = pass.latentModulation
          ? latentModulationGradient(held.x, latent, m, gradient, stride)
          : found.dM;
        return { inputs: [gradientOf(found)], weights: { C: found.dChat, M: dM } };
      },
    },
  };
};
