import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { chain } from '@shared/graph/chain';
import { FAMILIES, type Family } from '@shared/graph/family';
import type { Network, NetworkNode } from '@shared/network/network';
import { shapeSize } from '@shared/ops/shape';
import { trainingFields } from '@shared/training/settings';
import { Sgd } from '@main/engine/model/sgd';
import { TrainableModel } from '@main/engine/model/trainable-model';
import { trainStep } from '@main/engine/training/train-step';
import { activate, TEST_BACKENDS } from '../../backends/test-backends';
import { networkOf } from '../../packed/sample-models';
import { LiveBytes } from './live-bytes';

const BATCH = 4;

const DOCUMENT = chain([
  ['in', 'input', 'Input', { height: 16, width: 16, planes: 2 }],
  ['first', 'mcconv', 'MCconv', { maps: 3 }],
  ['s1', 'stage', 'Stage 1', { block: 'mcn-basic', blocks: 2, maps: 3 }],
  ['s2', 'stage', 'Stage 2', { block: 'mcn-basic', blocks: 2, maps: 4, stride: 2 }],
  ['bn', 'batchnorm', 'BatchNorm'],
  ['relu', 'relu', 'ReLU'],
  ['gap', 'globalavgpool', 'Pool'],
  ['fc', 'dense', 'Dense', { units: 3 }],
  ['out', 'output', 'Output'],
]);

const CONVOLUTIONS = ['ModulatedConv2DBackprop', 'NormalizedConv2DBackprop'];

async function modelOf(family: Family): Promise<TrainableModel> {
  const model = new TrainableModel(networkOf(DOCUMENT, family), 1, 'uniform');
  await model.fitCenters();
  return model;
}

function images({ inputShape }: TrainableModel): tf.Tensor4D {
  return tf.randomUniform([BATCH, ...inputShape], -1, 1, 'float32', 3) as tf.Tensor4D;
}

/** Bytes of the values that the way back needs of a layer: those of convolutions and sums which a batch norm tells how to read. */
function keptBytes(node: NetworkNode, { nodes }: Network): number {
  const read = nodes.some(({ type, inputs }) => type === 'batchnorm' && inputs.includes(node.id));
  return read ? BATCH * shapeSize(node.shape) * 4 : 0;
}

describe.each(TEST_BACKENDS)('memory of a training step on %s', (backend) => {
  beforeAll(() => activate(backend));

  it.each(FAMILIES)('%s: one tensor for each convolution and sum, freed layer by layer', async (family) => {
    const model = await modelOf(family);
    const x = images(model);
    const dLogits = tf.ones([BATCH, 1, 1, 3]) as tf.Tensor4D;
    const { nodes } = model.network;
    const kept = nodes.map((node) => keptBytes(node, model.network));
    const upTo = (count: number): number => kept.slice(0, count).reduce((sum, bytes) => sum + bytes, 0);
    const total = upTo(nodes.length);
    const largest = Math.max(...kept);
    // Vectors, filters and gradients of weights: little beside the features of a batch.
    const small = 0.1 * total;
    const seen: number[] = [];
    const live = new LiveBytes((name, bytes) => {
      if (CONVOLUTIONS.includes(name)) seen.push(bytes);
    });
    try {
      const pass = model.trainingPass(x, 0);
      expect(live.count).toBeGreaterThanOrEqual(total);
      expect(live.count).toBeLessThan(total + small);
      const gradients = pass.gradients(dLogits);
      const convolutions = nodes.filter(({ type }) => type === 'mcconv' || type === 'conv').reverse();
      expect(seen).toHaveLength(convolutions.length);
      for (const [index, node] of convolutions.entries()) {
        const before = upTo(nodes.indexOf(node) + 1);
        // Its gradient, that of a shortcut, and a neighbour's values on a branch beside it.
        expect(seen[index], node.name).toBeLessThan(before + 3 * largest + small);
      }
      pass.dispose();
      model.dropStatistics();
      const weights = Object.values(gradients).reduce((sum, { size }) => sum + 4 * size, 0);
      expect(live.count).toBe(weights);
      tf.dispose(gradients);
      expect(live.count).toBe(0);
    } finally {
      live.stop();
    }
    tf.dispose([x, dLogits]);
    model.dispose();
  });

  it('a pass that is given up frees all that it holds', async () => {
    const model = await modelOf('mcn');
    const x = images(model);
    const before = tf.memory().numTensors;
    model.trainingPass(x, 0).dispose();
    model.dropStatistics();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(x);
    model.dispose();
  });

  it.each(FAMILIES)('%s: no step leaves a tensor or a byte behind', async (family) => {
    const before = tf.memory().numTensors;
    const model = await modelOf(family);
    const settings = { ...defaultsOf(trainingFields), weightDecay: 5e-4 };
    const optimizer = new Sgd(model.weights.weights, settings);
    const batch = {
      images: images(model),
      oneHot: tf.oneHot(
        new Int32Array(BATCH).map((_, row) => row % 3),
        3,
      ) as tf.Tensor2D,
    };
    const counts: number[][] = [];
    const live = new LiveBytes();
    try {
      for (let step = 0; step < 3; step++) {
        const rates = { filters: 0.01, modulation: 0.001 };
        const { softmaxLoss } = await trainStep(model, optimizer, settings, batch, step, rates);
        expect(softmaxLoss).toBeGreaterThan(0);
        counts.push([tf.memory().numTensors, live.count]);
      }
    } finally {
      live.stop();
    }
    expect(new Set(counts.map(String)).size, counts.join(' | ')).toBe(1);
    optimizer.dispose();
    model.dispose();
    tf.dispose(batch);
    expect(tf.memory().numTensors).toBe(before);
  });
});
