import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { chain } from '@shared/graph/chain';
import type { Network } from '@shared/network/network';
import { TrainableModel } from '@main/engine/model/trainable-model';
import { activateOrSkip, ALL_BACKENDS } from '../unit/backends/test-backends';
import { whyNoWebGpu } from '../unit/backends/webgpu/software-adapter';
import { networkOf } from '../unit/packed/sample-models';
import { expectClose, readCase } from './golden-case';

type ByName = Record<string, number[]>;

interface Step {
  images: number[];
  logits: number[];
  dLogits: number[];
  gradients: ByName;
  /** Running ones, after the step. */
  statistics: ByName;
}

interface BatchNormCase {
  name: string;
  /** Batch, height, width. */
  shape: [number, number, number];
  weights: ByName;
  steps: Step[];
  /** Behind the last step. */
  inference: { images: number[]; logits: number[] };
}

const golden = readCase<{ channels: number; width: number; classes: number; cases: BatchNormCase[] }>(
  'batch-norm',
);

/** Relative to the largest entry of each array: single precision against double, a mean of twenty deviations taken off. */
const TOLERANCE = 5e-5;

/** The network of batch_norm.py. */
function networkFor({ shape: [, height, width] }: BatchNormCase, dropout: number): Network {
  return networkOf(
    chain([
      ['in', 'input', 'Input', { height, width, planes: golden.channels }],
      ['first', 'batchnorm', 'First'],
      ['relu1', 'relu', 'ReLU 1'],
      ['conv', 'conv', 'Conv', { channels: golden.width, kernel: 1 }],
      ['second', 'batchnorm', 'Second'],
      ['relu2', 'relu', 'ReLU 2'],
      ['dropout', 'dropout', 'Dropout', { rate: dropout }],
      ['flatten', 'flatten', 'Flatten'],
      ['dense', 'dense', 'Dense', { units: golden.classes }],
      ['out', 'output', 'Output'],
    ]),
    'wrn',
  );
}

function weightMap(values: ByName): Map<string, Float32Array> {
  return new Map(Object.entries(values).map(([name, entries]) => [name, Float32Array.from(entries)]));
}

function images({ shape: [batch, height, width] }: BatchNormCase, values: number[]): tf.Tensor4D {
  return tf.tensor4d(values, [batch, height, width, golden.channels]);
}

/** One step of a model in training, up to its running statistics. */
async function expectStep(model: TrainableModel, golden: BatchNormCase, step: Step): Promise<void> {
  const x = images(golden, step.images);
  const pass = model.trainingPass(x, 0);
  expectClose(await pass.logits.data(), step.logits, TOLERANCE);
  const dLogits = tf.tensor(step.dLogits, pass.logits.shape) as tf.Tensor4D;
  const gradients = pass.gradients(dLogits);
  expect(Object.keys(gradients).sort()).toEqual(Object.keys(step.gradients).sort());
  for (const [name, expected] of Object.entries(step.gradients))
    expectClose(await gradients[name]!.data(), expected, TOLERANCE);
  model.updateStatistics();
  const found = await model.weights.read();
  for (const [name, expected] of Object.entries(step.statistics))
    expectClose(found.get(name)!, expected, TOLERANCE);
  tf.dispose([x, dLogits, gradients]);
  pass.dispose();
}

describe.each(ALL_BACKENDS)('batch norm and dropout that is off on %s', (backend) => {
  beforeEach(({ skip }) => activateOrSkip(backend, whyNoWebGpu, skip));

  it.each(golden.cases)('equal PyTorch in training and inference: $name', async (expected) => {
    const tensors = tf.memory().numTensors;
    const model = new TrainableModel(networkFor(expected, 0), 1, 'uniform');
    model.weights.write(new Map([...(await model.weights.read()), ...weightMap(expected.weights)]));
    for (const step of expected.steps) await expectStep(model, expected, step);

    const tested = new TrainableModel(networkFor(expected, 0.5), 1, 'uniform');
    tested.weights.write(await model.weights.read());
    const x = images(expected, expected.inference.images);
    const logits = tested.logits(x);
    expectClose(await logits.data(), expected.inference.logits, TOLERANCE);

    tf.dispose([x, logits]);
    model.dispose();
    tested.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
