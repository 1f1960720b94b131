import type * as tf from '@tensorflow/tfjs-core';
import type { OutputDemand } from '../kernels/conv-operands';
import type { LayerPlan } from '../layer-plan';
import type { Pass } from './layer';

/**
 * What a convolution is asked for besides its output. The scale of a batch norm has the sign of its gamma, so that winners of a pooling
 * behind it are known before its statistics are.
 */
export function outputDemand({ weights, training }: Pass, { statistics, pooling }: LayerPlan): OutputDemand {
  const gamma = pooling && (weights.get(pooling.batchNorm, 'gamma') as tf.Tensor as tf.Tensor1D);
  return {
    statistics: training && statistics,
    pooling: pooling && { size: pooling.size, scale: gamma! },
  };
}
