import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { chain } from '@shared/graph/chain';
import { lower } from '@shared/network/lower';
import { Sgd } from '@main/engine/model/sgd';
import { WeightStore } from '@main/engine/model/weight-store';
import { activate, TEST_BACKENDS } from '../../backends/test-backends';

const NETWORK = lower(
  chain([
    ['in', 'input', 'Input', { height: 4, width: 4 }],
    ['mc', 'mcconv', 'MC', { maps: 2 }],
    ['bn', 'batchnorm', 'BN'],
    ['gap', 'globalavgpool', 'Pool'],
    ['out', 'output', 'Output'],
  ]),
  'mcn',
).network!;

/** A gradient that differs from step to step and from value to value. */
function gradientOf(size: number, step: number): Float32Array {
  return Float32Array.from({ length: size }, (_, index) => Math.sin(7 * index + 3 * step) * 2);
}

/** torch.optim.SGD(momentum, nesterov=True), written out by hand; `fold` is |.| for M. */
function reference(
  start: Float32Array,
  steps: number,
  rate: number,
  momentum: number,
  decay: number,
  fold: boolean,
) {
  let weights = Array.from(start);
  let slots = weights.map(() => 0);
  for (let step = 0; step < steps; step++) {
    const gradient = gradientOf(start.length, step);
    const g = weights.map((weight, index) => gradient[index]! + decay * weight);
    slots = slots.map((slot, index) => momentum * slot + g[index]!);
    weights = weights.map((weight, index) => weight - rate * (g[index]! + momentum * slots[index]!));
    if (fold) weights = weights.map(Math.abs);
  }
  return { weights, slots };
}

describe.each(TEST_BACKENDS)('SGD with Nesterov momentum on %s', (backend) => {
  beforeAll(() => activate(backend));

  it('follows torch.optim.SGD; decays only what decays, folds only M, and leaves its slots unfolded', async () => {
    const store = new WeightStore(NETWORK, 3, 'uniform');
    const optimizer = new Sgd(store.weights, { momentum: 0.9, weightDecay: 0.01 });
    const start = await store.read();
    const trainable = store.weights.filter(({ spec }) => spec.trainable);
    const tensors = tf.memory().numTensors;
    for (let step = 0; step < 5; step++) {
      const gradients = Object.fromEntries(
        trainable.map(({ name, variable }) => [
          name,
          tf.tensor(gradientOf(variable.size, step), variable.shape),
        ]),
      );
      optimizer.step(gradients, 0.1, 0.3);
      tf.dispose(gradients);
    }
    expect(tf.memory().numTensors).toBe(tensors);
    const weights = await store.read();
    const slots = (await optimizer.read()).slots.get('momentum')!;
    const expected: Record<string, [rate: number, decay: number, fold: boolean]> = {
      'mc/C': [0.1, 0.01, false],
      'mc/M': [0.3, 0, true],
      'bn/gamma': [0.1, 0, false],
      'bn/beta': [0.1, 0, false],
    };
    expect(trainable.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, [rate, decay, fold]] of Object.entries(expected)) {
      const found = reference(start.get(name)!, 5, rate, 0.9, decay, fold);
      for (const [index, value] of found.weights.entries())
        expect(weights.get(name)![index]).toBeCloseTo(value, 4);
      for (const [index, value] of found.slots.entries())
        expect(slots.get(name)![index]).toBeCloseTo(value, 4);
    }
    expect(weights.get('mc/M')!.every((value) => value >= 0)).toBe(true);
    expect(slots.get('mc/M')!.some((value) => value < 0)).toBe(true);
    expect(weights.get('bn/mean')).toEqual(start.get('bn/mean'));
    store.dispose();
    optimizer.dispose();
  });
});
