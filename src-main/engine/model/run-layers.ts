import type * as tf from '@tensorflow/tfjs-core';
import type { Network, NetworkNode } from '@shared/network/network';
import { materialize, plain, type Feature } from './layers/feature';
import { share } from './share';
import { runLayer } from './layers/index';
import type { Backward, Pass } from './layers/layer';
import type { LayerPlan } from './layer-plan';
import { dispose, tidied } from './tidied';

/** Sees the output of every layer, as it is meant; the tensor is disposed afterwards. */
export type LayerWatch = (name: string, y: tf.Tensor4D) => void;

/**
 * Runs all layers forth. A feature is disposed as soon as its last reader has run: what ways back need of it, they hold themselves.
 *
 * @param x images, not disposed
 * @param take receives the way back through each layer and owns it from then on
 * @returns the logits as [batch, 1, 1, classes]; the caller disposes them
 */
export function runLayers(
  network: Network,
  plans: ReadonlyMap<string, LayerPlan>,
  x: tf.Tensor4D,
  pass: Pass,
  take: (node: NetworkNode, backward: Backward) => void,
  watch?: LayerWatch,
): tf.Tensor4D {
  const live = new Map<string, { feature: Feature; readers: number }>();
  const images = plain(x);
  for (const node of network.nodes) {
    const plan = plans.get(node.id)!;
    const inputs = node.type === 'input' ? [images] : node.inputs.map((id) => live.get(id)!.feature);
    const { feature, backward } = tidied(() => runLayer(node, inputs, pass, plan));
    take(node, backward);
    live.set(node.id, { feature, readers: plan.readers });
    for (const id of node.inputs) {
      const read = live.get(id)!;
      read.readers -= 1;
      if (read.readers > 0) continue;
      dispose(read.feature);
      live.delete(id);
    }
    if (watch) {
      tidied(() => {
        watch(node.name, materialize(feature));
      });
    }
  }
  const { feature } = live.get(network.nodes.at(-1)!.id)!;
  const logits = tidied(() => share(materialize(feature)));
  dispose(feature);
  return logits;
}
