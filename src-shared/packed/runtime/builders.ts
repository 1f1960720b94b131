import type { NetworkNode } from '../../network/network';
import type { OpType } from '../../ops/index';
import { buildConv, buildDense, buildMcconv } from './convolutions';
import { buildAdd, buildBatchNorm, buildConcat, buildCopy, buildPadMaps, buildRelu } from './elementwise';
import type { LayerBuilder, LayerFunction } from './layer';
import { buildAvgPool, buildGlobalAvgPool, buildMaxPool } from './pooling';

/** How the runtime computes each primitive; a primitive without a line does not compile. */
const builders: { [T in OpType]: LayerBuilder<T> } = {
  input: buildCopy,
  mcconv: buildMcconv,
  conv: buildConv,
  batchnorm: buildBatchNorm,
  relu: buildRelu,
  maxpool: buildMaxPool,
  avgpool: buildAvgPool,
  globalavgpool: buildGlobalAvgPool,
  padmaps: buildPadMaps,
  add: buildAdd,
  concat: buildConcat,
  dropout: buildCopy,
  flatten: buildCopy,
  dense: buildDense,
  output: buildCopy,
};

/** The function of a layer of a network. */
export function buildLayer(node: NetworkNode, weight: (name: string) => Float32Array): LayerFunction {
  const build = builders[node.type] as LayerBuilder<OpType>;
  return build(node, weight);
}
