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
import type { ModulationStart } from './initial-weight';
import { runningStatistic } from './kernels/batch-norm-vectors';
import { binarize } from './kernels/binarize';
import type { ChannelStatistics } from './kernels/normalization';
import { planLayers, type LayerPlan } from './layer-plan';
import { share } from './share';
import type { Pass } from './layers/layer';
import { runLayers, type LayerWatch, type Sights } from './run-layers';
import { dispose } from './tidied';
import { TrainingPass } from './training-pass';
import { WeightStore } from './weight-store';

/** Statistics of one batch norm in one training step; owns its tensors. */
interface BatchStatistics extends ChannelStatistics {
  nodeId: string;
  /** Values per channel. */
  count: number;
}

/** What a training pass is for, beside logits and gradients. */
export interface PassDemand extends Sights {
  /** Filters that the gradient of M-Filters is taken with: C^, the true gradient and the default, or C. */
  mGradient?: 'true' | 'latent';
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
  readonly #plans: ReadonlyMap<string, LayerPlan>;
  #pending: BatchStatistics[] = [];

  constructor(
    readonly network: Network,
    readonly seed: number,
    modulationStart: ModulationStart,
  ) {
    this.weights = new WeightStore(network, seed, modulationStart);
    this.#plans = planLayers(network);
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

  /** A new tensor with C^ of a layer; with C while it has no centers. */
  filters(nodeId: string): tf.Tensor4D {
    const latent = this.weights.get(nodeId, 'C') as tf.Tensor as tf.Tensor4D;
    const centers = this.#centers.get(nodeId);
    return centers ? tf.tidy(() => binarize(latent, tf.tensor1d(centers))) : share(latent as tf.Tensor4D);
  }

  /**
   * Logits of a batch, [batch, classes], with running statistics. The caller disposes them.
   * @param x [batch, height, width, channels] as the input node has it; not disposed
   */
  logits(x: tf.Tensor4D, watch?: LayerWatch): tf.Tensor2D {
    return tf.tidy(() => {
      const release = (_node: unknown, { held }: { held: object }): void => {
        dispose(held);
      };
      const { logits } = runLayers(this.network, this.#plans, x, this.#pass(null), release, { watch });
      return tf.reshape(logits, [x.shape[0], classCount(this.network)]);
    });
  }

  /**
   * A batch on its way in training, with its own statistics. The caller disposes the pass, after a call of {@link updateStatistics} or
   * {@link dropStatistics}.
   * @param x as for {@link logits}
   * @param step whose dropout masks are drawn
   * @param demand what it is to show of the way forth, and which filters the gradient of M-Filters is taken with
   */
  trainingPass(x: tf.Tensor4D, step: number, demand: PassDemand = {}): TrainingPass {
    const pass = { ...this.#pass(step), latentModulation: demand.mGradient === 'latent' && this.binarized };
    return new TrainingPass(this.network, this.#plans, x, pass, demand);
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
      const correction = count > 1 ? count / (count - 1) : 1;
      this.#blend(nodeId, 'mean', mean, 1);
      this.#blend(nodeId, 'variance', variance, correction);
    }
    this.dropStatistics();
  }

  /** Statistics of the last training pass by the batch norm's name; the tensors stay the model's. */
  get statistics(): ReadonlyMap<string, ChannelStatistics> {
    const name = (nodeId: string): string => this.network.nodes.find(({ id }) => id === nodeId)!.name;
    return new Map(this.#pending.map(({ nodeId, mean, variance }) => [name(nodeId), { mean, variance }]));
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

  /** @param step of training; null for inference */
  #pass(step: number | null): Pass {
    return {
      weights: this.weights,
      training: step !== null,
      latentModulation: false,
      seed: this.seed,
      step: step ?? 0,
      filters: (nodeId) => this.filters(nodeId),
      statistics: (nodeId, { mean, variance }, count) => {
        this.#pending.push({ nodeId, mean: tf.keep(share(mean)), variance: tf.keep(share(variance)), count });
      },
    };
  }

  #blend(nodeId: string, name: string, batch: tf.Tensor1D, correction: number): void {
    const running = this.weights.get(nodeId, name);
    tf.tidy(() => {
      running.assign(runningStatistic(running, batch, BATCH_NORM_MOMENTUM, correction));
    });
  }
}
