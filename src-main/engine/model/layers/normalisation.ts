import * as tf from '@tensorflow/tfjs-core';
import { randomKey } from '@shared/random/random-key';
import { uniforms } from '@shared/random/draws';
import { batchNormInference, batchNormTrain } from '../batch-norm';
import type { LayerForward } from './pass';

/** Batch norm: batch statistics in training, running ones otherwise. */
export const forwardBatchNorm: LayerForward<'batchnorm'> = (node, [x], pass) => {
  const weight = (name: string): tf.Tensor1D => pass.weights.get(node.id, name) as tf.Tensor as tf.Tensor1D;
  if (!pass.training) {
    return batchNormInference(x!, weight('gamma'), weight('beta'), weight('mean'), weight('variance'));
  }
  const { y, mean, variance } = batchNormTrain(x!, weight('gamma'), weight('beta'));
  pass.statistics(node.id, mean, variance, x!.size / x!.shape[3]);
  return y;
};

export const forwardRelu: LayerForward<'relu'> = (_node, [x]) => tf.relu(x!);

/** Inverted dropout by a mask that is a function of (seed, layer, step). */
export const forwardDropout: LayerForward<'dropout'> = (node, [x], pass) => {
  const { rate } = node.values;
  if (!pass.training || rate === 0) return x!;
  const draws = uniforms(randomKey(pass.seed, 'dropout', node.id, pass.step), x!.size, 0, 1);
  const mask = draws.map((draw) => (draw < rate ? 0 : 1 / (1 - rate)));
  return tf.mul(x!, tf.tensor4d(mask, x!.shape));
};
