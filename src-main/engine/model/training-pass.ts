import type * as tf from '@tensorflow/tfjs-core';
import { mcconvNodes, type Network, type NetworkNode } from '@shared/network/network';
import { weightName } from '@shared/network/weight-name';
import { plainGradient, sumGradients, type Gradient } from './layers/gradient';
import { share } from './share';
import type { Backward, Pass } from './layers/layer';
import type { LayerPlan } from './layer-plan';
import { runLayers, type Sights } from './run-layers';
import { dispose, tidied } from './tidied';

/** Gradients of the loss to the trainable weights, by name ("layer/weight"). */
export type WeightGradients = Record<string, tf.Tensor>;

/**
 * One batch on its way through a network in training: the logits, and the way back from them.
 * Owns what the layers remember; {@link gradients} frees that layer by layer, {@link dispose} what is left.
 */
export class TrainingPass {
  /** [batch, 1, 1, classes]; stays valid until {@link dispose}. */
  readonly logits: tf.Tensor4D;
  /** Output of the layer that was to be kept; stays valid until {@link dispose}. */
  readonly feature: tf.Tensor4D | null;
  readonly #featureId: string | undefined;
  readonly #ways: { node: NetworkNode; plan: LayerPlan; backward: Backward }[] = [];
  readonly #gradients = new Map<string, Gradient>();
  readonly #filters = new Map<string, tf.Tensor4D>();

  /** Runs the way forth. @param x images, not disposed */
  constructor(
    network: Network,
    plans: ReadonlyMap<string, LayerPlan>,
    x: tf.Tensor4D,
    pass: Pass,
    sights: Sights = {},
  ) {
    const take = (node: NetworkNode, backward: Backward): void => {
      const plan = plans.get(node.id)!;
      if (plan.learns) this.#ways.push({ node, plan, backward });
      else dispose(backward.held);
    };
    for (const { id } of mcconvNodes(network)) this.#filters.set(id, pass.filters(id));
    const shared = { ...pass, filters: (id: string) => share(this.filters(id)) };
    const { logits, feature } = runLayers(network, plans, x, shared, take, sights);
    this.logits = logits;
    this.feature = feature;
    this.#featureId = sights.feature;
  }

  /** C^ of a layer as the pass computes with it; the pass's own. */
  filters(nodeId: string): tf.Tensor4D {
    return this.#filters.get(nodeId)!;
  }

  /**
   * Runs the way back, once.
   * @param dLogits gradient of the loss to the logits, as these; not disposed
   * @param dFeature gradient of the loss straight to the output that was kept, as it; not disposed
   * @returns gradients of all trainable weights; the caller disposes them
   */
  gradients(dLogits: tf.Tensor4D, dFeature?: tf.Tensor4D): WeightGradients {
    const found: WeightGradients = {};
    const last = this.#ways.at(-1);
    if (last) this.#gradients.set(last.node.id, plainGradient(share(dLogits)));
    if (dFeature) this.#add(this.#featureId!, plainGradient(share(dFeature)));
    for (let way = this.#ways.pop(); way; way = this.#ways.pop()) {
      const { node, plan, backward } = way;
      const gradient = this.#gradients.get(node.id)!;
      this.#gradients.delete(node.id);
      const { inputs, weights } = tidied(() => backward.run(gradient));
      dispose(gradient);
      dispose(backward.held);
      for (const [name, tensor] of Object.entries(weights ?? {})) found[weightName(node.id, name)] = tensor;
      for (const [index, input] of inputs.entries()) {
        if (!input) continue;
        if (plan.inputs[index]!.gradient) this.#add(node.inputs[index]!, input);
        else dispose(input);
      }
    }
    return found;
  }

  dispose(): void {
    dispose(this.logits);
    dispose(this.feature);
    for (const { backward } of this.#ways) dispose(backward.held);
    for (const gradient of this.#gradients.values()) dispose(gradient);
    for (const filters of this.#filters.values()) dispose(filters);
    this.#ways.length = 0;
    this.#gradients.clear();
    this.#filters.clear();
  }

  /** Adds a gradient to what other readers of a layer found; takes it over. */
  #add(nodeId: string, gradient: Gradient): void {
    const before = this.#gradients.get(nodeId);
    if (!before) {
      this.#gradients.set(nodeId, gradient);
      return;
    }
    this.#gradients.set(
      nodeId,
      tidied(() => sumGradients(before, gradient)),
    );
    dispose(before);
    dispose(gradient);
  }
}
