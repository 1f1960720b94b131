import type * as tf from '@tensorflow/tfjs-core';
import type { NetworkNodeOf } from '@shared/network/network';
import type { OpType } from '@shared/ops/index';
import type { ChannelStatistics } from '../kernels/normalization';
import type { LayerPlan } from '../layer-plan';
import type { WeightStore } from '../weight-store';
import type { Feature } from './feature';
import type { Gradient } from './gradient';

/** What one pass through the network is for. */
export interface Pass {
  weights: WeightStore;
  /** Training uses the statistics of the batch and drops features; otherwise running statistics and nothing dropped. */
  training: boolean;
  /** Whether the gradient of M-Filters is taken with C instead of C^ (Eq. 16 as printed). */
  latentModulation: boolean;
  /** Names the draws of dropout. */
  seed: number;
  step: number;
  /** A new tensor with C^ of a binary layer; with C during the warm-up and in float layers. */
  filters(nodeId: string): tf.Tensor4D;
  /** Sees the batch statistics of a batch norm, `count` values per channel; they stay the caller's. */
  statistics(nodeId: string, statistics: ChannelStatistics, count: number): void;
}

/** Gradients that a layer found. */
export interface LayerGradients {
  /** One for each input; null where it is not needed. */
  inputs: (Gradient | null)[];
  /** By the weight's name in the layer. */
  weights?: Record<string, tf.Tensor>;
}

/** The way back through a layer, with what it remembers of the way forth. */
export interface Backward {
  /** Holds tensors of its own, at any depth; whoever holds it disposes them when it has run or never will. */
  held: object;
  /** Gradients for the one to the output, which stays the caller's. Weights must still be those of the way forth. */
  run(gradient: Gradient): LayerGradients;
}

export interface LayerOutput {
  feature: Feature;
  backward: Backward;
}

/**
 * Computes one layer, inside a tidy. Inputs come in port order and stay the caller's; every tensor that a layer or its way back returns
 * or holds is its own (shared, if need be).
 */
export type Layer<T extends OpType> = (
  node: NetworkNodeOf<T>,
  inputs: readonly Feature[],
  pass: Pass,
  plan: LayerPlan,
) => LayerOutput;
