import type * as tf from '@tensorflow/tfjs-core';
import type { NetworkNodeOf } from '@shared/network/network';
import type { OpType } from '@shared/ops/index';
import type { WeightStore } from '../weight-store';

/** What one pass through the network is for. */
export interface Pass {
  weights: WeightStore;
  /** Training uses the statistics of the batch and drops features; otherwise running statistics and nothing dropped. */
  training: boolean;
  /** Names the draws of dropout. */
  seed: number;
  step: number;
  /** C^ of a binary layer, differentiable to C (straight-through); C itself during the warm-up and in float layers. */
  filters(nodeId: string): tf.Tensor4D;
  /** Takes the batch statistics of a batch norm; owns them from then on. */
  statistics(nodeId: string, mean: tf.Tensor1D, variance: tf.Tensor1D, count: number): void;
}

/** Computes one layer: NHWC tensors in port order to one NHWC tensor. Called inside a tidy. */
export type LayerForward<T extends OpType> = (
  node: NetworkNodeOf<T>,
  inputs: readonly tf.Tensor4D[],
  pass: Pass,
) => tf.Tensor4D;
