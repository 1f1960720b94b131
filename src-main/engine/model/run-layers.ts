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

/** What somebody wants to see of the way forth, beside the logits. */
export interface Sights {
  watch?: LayerWatch;
  /** Id of a layer whose output is kept. */
  feature?: string;
}

/** Tensors that are the caller's. */
export interface ForwardResult {
  /** [batch, 1, 1, classes]. */
  logits: tf.Tensor4D;
  /** The output of the layer that was to be kept, as it is meant. */
  feature: tf.Tensor4D | null;
}

/**
 * Runs all layers forth. A feature is disposed as soon as its last reader has run: what ways back need of it, they hold themselves.
 *
 * @param x images, not disposed
 * @param take receives the way back through each layer and owns it from then on
 */
export function runLayers(
  network: Network,
  plans: ReadonlyMap<string, LayerPlan>,
  x: tf.Tensor4D,
  pass: Pass,
  take: (node: NetworkNode, backward: Backward) => void,
  { watch, feature: kept }: Sights = {},
): ForwardResult {
  const live = new Map<string, { feature: Feature; readers: number }>();
  const images = plain(x);
  let keptFeature: tf.Tensor4D | null = null;
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
    if (node.id === kept) keptFeature = tidied(() => share(materialize(feature)));
    if (watch) {
      tidied(() => {
        watch(node.name, materialize(feature));
      });
    }
  }
  const { feature } = live.get(network.nodes.at(-1)!.id)!;
  const logits = tidied(() => share(materialize(feature)));
  dispose(feature);
  return { logits, feature: keptFeature };
}
