import type { NetworkNode } from '@shared/network/network';
import type { OpType } from '@shared/ops/index';
import type { LayerPlan } from '../layer-plan';
import { addLayer } from './add';
import { avgPoolLayer } from './avg-pool';
import { batchNormLayer } from './batch-norm';
import { concatLayer } from './concat';
import { convLayer } from './conv';
import { denseLayer } from './dense';
import { dropoutLayer } from './dropout';
import type { Feature } from './feature';
import { flattenLayer } from './flatten';
import { globalAvgPoolLayer } from './global-avg-pool';
import { identityLayer } from './identity';
import type { Layer, LayerOutput, Pass } from './layer';
import { maxPoolLayer } from './max-pool';
import { mcconvLayer } from './mcconv';
import { padMapsLayer } from './pad-maps';
import { reluLayer } from './relu';

/** How each primitive is computed, forth and back; a primitive without a line does not compile. */
const layers: { [T in OpType]: Layer<T> } = {
  input: identityLayer,
  mcconv: mcconvLayer,
  conv: convLayer,
  batchnorm: batchNormLayer,
  relu: reluLayer,
  maxpool: maxPoolLayer,
  avgpool: avgPoolLayer,
  globalavgpool: globalAvgPoolLayer,
  padmaps: padMapsLayer,
  add: addLayer,
  concat: concatLayer,
  dropout: dropoutLayer,
  flatten: flattenLayer,
  dense: denseLayer,
  output: identityLayer,
};

/** Computes one layer of a network; see {@link Layer}. */
export function runLayer(
  node: NetworkNode,
  inputs: readonly Feature[],
  pass: Pass,
  plan: LayerPlan,
): LayerOutput {
  const layer = layers[node.type] as Layer<OpType>;
  return layer(node, inputs, pass, plan);
}
