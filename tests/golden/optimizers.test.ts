import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { chain } from '@shared/graph/chain';
import { trainingFields, type TrainingSettings } from '@shared/training/settings';
import { createOptimizer } from '@main/engine/model/create-optimizer';
import { WeightStore } from '@main/engine/model/weight-store';
import { activateOrSkip, ALL_BACKENDS } from '../unit/backends/test-backends';
import { whyNoWebGpu } from '../unit/backends/webgpu/software-adapter';
import { networkOf } from '../unit/packed/sample-models';
import { expectClose, readCase } from './golden-case';

type ByWeight = Record<'C' | 'M' | 'beta', number[]>;

interface Trajectory {
  method: TrainingSettings['optimizer'];
  learningRate: number;
  modulationRate: number;
  weightDecay: number;
  /** After every step. */
  weights: ByWeight[];
  /** After the last step. */
  slots: Record<string, ByWeight>;
}

interface OptimizerCase {
  start: ByWeight;
  gradients: ByWeight[];
  trajectories: Trajectory[];
}

const golden = readCase<OptimizerCase>('optimizers');

/** Relative to the largest entry of each array: single precision against double. */
const TOLERANCE = 1e-5;

const NETWORK = networkOf(
  chain([
    ['in', 'input', 'Input', { height: 4, width: 4, planes: 2 }],
    ['mc', 'mcconv', 'MC', { maps: 2 }],
    ['bn', 'batchnorm', 'BN'],
    ['gap', 'globalavgpool', 'Pool'],
    ['out', 'output', 'Output'],
  ]),
  'mcn',
);

/** The names of the case's weights in the network. */
const NAMES = { C: 'mc/C', M: 'mc/M', beta: 'bn/beta' } as const;
const KEYS = Object.keys(NAMES) as (keyof ByWeight)[];

async function startingStore(): Promise<WeightStore> {
  const store = new WeightStore(NETWORK, 1, 'uniform');
  const values = await store.read();
  for (const key of KEYS) values.set(NAMES[key], Float32Array.from(golden.start[key]));
  store.write(values);
  return store;
}

/** The gradients of a step as tensors; the caller disposes them. */
function gradientsOf(store: WeightStore, step: ByWeight): Record<string, tf.Tensor> {
  const shapes = new Map(store.weights.map(({ name, spec }) => [name, spec.shape]));
  return Object.fromEntries(
    KEYS.map((key) => [NAMES[key], tf.tensor(step[key], [...shapes.get(NAMES[key])!])]),
  );
}

describe.each(ALL_BACKENDS)('optimizers on %s', (backend) => {
  beforeEach(({ skip }) => activateOrSkip(backend, whyNoWebGpu, skip));

  it.each(golden.trajectories)('$method follows torch.optim for ten steps', async (expected) => {
    const { method, learningRate, modulationRate, weightDecay } = expected;
    const tensors = tf.memory().numTensors;
    const store = await startingStore();
    const settings = { ...defaultsOf(trainingFields), optimizer: method, weightDecay };
    const optimizer = createOptimizer(store.weights, settings);
    const during = tf.memory().numTensors;
    expect(expected.weights).toHaveLength(10);
    for (const [step, weights] of expected.weights.entries()) {
      const gradients = gradientsOf(store, golden.gradients[step]!);
      optimizer.step(gradients, learningRate, modulationRate);
      tf.dispose(gradients);
      const found = await store.read();
      for (const key of KEYS) expectClose(found.get(NAMES[key])!, weights[key], TOLERANCE);
    }
    const state = await optimizer.read();
    expect(state).toMatchObject({ method, steps: 10 });
    expect([...state.slots.keys()]).toEqual(Object.keys(expected.slots));
    for (const [slot, values] of Object.entries(expected.slots)) {
      for (const key of KEYS) expectClose(state.slots.get(slot)!.get(NAMES[key])!, values[key], TOLERANCE);
    }
    expect(tf.memory().numTensors).toBe(during);
    optimizer.dispose();
    store.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
