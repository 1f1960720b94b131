import type * as tf from '@tensorflow/tfjs-core';
import type { NetworkNode } from '@shared/network/network';
import type { OpType } from '@shared/ops/index';
import { forwardConv, forwardMcconv } from './convolutions';
import { forwardBatchNorm, forwardDropout, forwardRelu } from './normalisation';
import type { LayerForward, Pass } from './pass';
import { forwardAvgPool, forwardGlobalAvgPool, forwardMaxPool } from './pooling';
import {
  forwardAdd,
  forwardConcat,
  forwardDense,
  forwardFlatten,
  forwardIdentity,
  forwardPadMaps,
} from './shaping';

/** How each primitive is computed; a primitive without a line does not compile. */
const forwards: { [T in OpType]: LayerForward<T> } = {
  input: forwardIdentity,
  mcconv: forwardMcconv,
  conv: forwardConv,
  batchnorm: forwardBatchNorm,
  relu: forwardRelu,
  maxpool: forwardMaxPool,
  avgpool: forwardAvgPool,
  globalavgpool: forwardGlobalAvgPool,
  padmaps: forwardPadMaps,
  add: forwardAdd,
  concat: forwardConcat,
  dropout: forwardDropout,
  flatten: forwardFlatten,
  dense: forwardDense,
  output: forwardIdentity,
};

/** Computes one layer of a network. */
export function forwardLayer(node: NetworkNode, inputs: readonly tf.Tensor4D[], pass: Pass): tf.Tensor4D {
  const forward = forwards[node.type] as LayerForward<OpType>;
  return forward(node, inputs, pass);
}
