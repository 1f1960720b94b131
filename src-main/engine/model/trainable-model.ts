import * as tf from '@tensorflow/tfjs-core';
import {
  classCount,
  inputNode,
  mcconvNodes,
  type Network,
  type NetworkNodeOf,
} from '@shared/network/network';
import { BATCH_NORM_MOMENTUM } from '@shared/ops/batch-norm';
import { kMeansCenters } from '@shared/binarization/k-means';
import { binarize } from './binarization/binarize';
import type { ModulationStart } from './initial-weight';
import { forwardLayer } from './layers/index';
import type { Pass } from './layers/pass';
import { WeightStore } from './weight-store';

/** Statistics of one batch norm in one training step. */
interface BatchStatistics {
  nodeId: string;
  mean: tf.Tensor1D;
  variance: tf.Tensor1D;
  /** Values per channel. */
  count: number;
}

/**
 * A network with weights on the active device. Owns its variables; {@link dispose} frees them.
 *
 * Binary layers compute with C^ once they have centers, with C before (the warm-up of mcn.md, section 3).
 */
export class TrainableModel {
  readonly weights: WeightStore;
  /** Layers whose filters become binary. */
  readonly binaryNodes: readonly NetworkNodeOf<'mcconv'>[];
  readonly #centers = new Map<string, Float32Array>();
  #pending: BatchStatistics[] = [];

  constructor(
    readonly network: Network,
    readonly seed: number,
    modulationStart: ModulationStart,
  ) {
    this.weights = new WeightStore(network, seed, modulationStart);
    this.binaryNodes = mcconvNodes(network).filter((node) => node.values.binary);
  }

  /** Whether the filters of all binary layers are binary by now; false when there are none. */
  get binarized(): boolean {
    return this.#centers.size > 0;
  }

  /** Centers by layer, ascending; empty during the warm-up. */
  get centers(): ReadonlyMap<string, Float32Array> {
    return this.#centers;
  }

  /** Fits the centers of every binary layer to its latent weights. */
  async fitCenters(): Promise<void> {
    for (const node of this.binaryNodes) {
      const latent = await this.weights.get(node.id, 'C').data();
      this.#centers.set(node.id, Float32Array.from(kMeansCenters(latent, node.values.centers)));
    }
  }

  /** Takes over centers from a checkpoint; an empty map means warm-up. */
  setCenters(centers: ReadonlyMap<string, Float32Array>): void {
    this.#centers.clear();
    for (const [node, values] of centers) this.#centers.set(node, values);
  }

  /** C^ of a layer, straight-through to C; C while it has no centers. */
  filters(nodeId: string): tf.Tensor4D {
    const latent = this.weights.get(nodeId, 'C') as tf.Tensor as tf.Tensor4D;
    const centers = this.#centers.get(nodeId);
    return centers ? binarize(latent, centers) : latent;
  }

  /**
   * Logits of a batch. Call inside a tidy.
   * @param x [batch, height, width, channels] as the input node has it; not disposed
   * @param training the step whose dropout masks are drawn, or null for inference
   * @param watch sees the output of every layer (to find where numbers went bad)
   */
  forward(
    x: tf.Tensor4D,
    training: { step: number } | null,
    watch?: (name: string, y: tf.Tensor4D) => void,
  ): tf.Tensor2D {
    const pass: Pass = {
      weights: this.weights,
      training: training !== null,
      seed: this.seed,
      step: training?.step ?? 0,
      filters: (nodeId) => this.filters(nodeId),
      statistics: (nodeId, mean, variance, count) => this.#pending.push({ nodeId, mean, variance, count }),
    };
    const outputs = new Map<string, tf.Tensor4D>();
    let y = x;
    for (const node of this.network.nodes) {
      const inputs = node.type === 'input' ? [x] : node.inputs.map((id) => outputs.get(id)!);
      y = forwardLayer(node, inputs, pass);
      outputs.set(node.id, y);
      watch?.(node.name, y);
    }
    return tf.reshape(y, [x.shape[0], classCount(this.network)]);
  }

  /** [height, width, channels] of the images it takes. */
  get inputShape(): readonly [number, number, number] {
    return inputNode(this.network).shape;
  }

  /**
   * Moves the running statistics towards those of the last training pass:
   * running = 0.9 running + 0.1 batch, with the unbiased variance (mcn.md, section 5).
   */
  updateStatistics(): void {
    for (const { nodeId, mean, variance, count } of this.#pending) {
      tf.tidy(() => {
        const unbiased = count > 1 ? tf.mul(variance, count / (count - 1)) : variance;
        this.#blend(nodeId, 'mean', mean);
        this.#blend(nodeId, 'variance', unbiased);
      });
    }
    this.dropStatistics();
  }

  /** Forgets the statistics of a pass that came to nothing. */
  dropStatistics(): void {
    for (const { mean, variance } of this.#pending) tf.dispose([mean, variance]);
    this.#pending = [];
  }

  dispose(): void {
    this.dropStatistics();
    this.weights.dispose();
  }

  #blend(nodeId: string, name: string, batch: tf.Tensor): void {
    const running = this.weights.get(nodeId, name);
    const kept = tf.mul(running, 1 - BATCH_NORM_MOMENTUM);
    running.assign(tf.add(kept, tf.mul(batch, BATCH_NORM_MOMENTUM)));
  }
}
