import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chain, type ChainLink } from '@shared/graph/chain';
import { DOCUMENT_VERSION, type GraphDocument } from '@shared/graph/document';
import { FAMILIES } from '@shared/graph/family';
import { classCount, type Network } from '@shared/network/network';
import { uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import { softmaxCrossEntropy } from '@main/engine/model/kernels/softmax-cross-entropy';
import { TrainableModel } from '@main/engine/model/trainable-model';
import { smallDesigns } from '../../../contract/small-networks';
import { activate, TEST_BACKENDS } from '../../backends/test-backends';
import { networkOf } from '../../packed/sample-models';
import { autodiff, type AutodiffResult } from './autodiff-network';

const BATCH = 4;
const SEED = 11;
const STEP = 7;

/** Orders of normalisation that the blocks do not have, and normalised values that go to every kind of reader. */
const normalizations: readonly ChainLink[] = [
  ['in', 'input', 'Input', { height: 7, width: 6, planes: 2 }],
  ['bn0', 'batchnorm', 'BN of the images'],
  ['a', 'mcconv', 'A', { maps: 3 }],
  ['bn1', 'batchnorm', 'BN 1'],
  ['bn2', 'batchnorm', 'BN of BN'],
  ['relu1', 'relu', 'ReLU'],
  ['relu2', 'relu', 'ReLU of ReLU'],
  ['bn3', 'batchnorm', 'BN of ReLU'],
  ['avg', 'avgpool', 'Average of BN', { size: 3, stride: 2 }],
  ['b', 'conv', 'B', { channels: 6 }],
  ['bn4', 'batchnorm', 'BN 4'],
  ['max', 'maxpool', 'Max of BN', { size: 2, stride: 1 }],
  ['bn5', 'batchnorm', 'BN of max'],
  ['pad', 'padmaps', 'Pad of BN', { maps: 4 }],
  ['drop', 'dropout', 'Dropout', { rate: 0.3 }],
  ['flatten', 'flatten', 'Flatten'],
  ['fc', 'dense', 'Dense', { units: 5 }],
  ['bn6', 'batchnorm', 'BN of the logits'],
  ['out', 'output', 'Output'],
];

/** A normalised value, and its ReLU, that several layers read. */
const shared: GraphDocument = {
  version: DOCUMENT_VERSION,
  nodes: [
    { id: 'in', type: 'input', name: 'Input', fields: { height: 6, width: 5, planes: 2 } },
    { id: 'a', type: 'mcconv', name: 'A', fields: { maps: 3 } },
    { id: 'bn', type: 'batchnorm', name: 'BN', fields: {} },
    { id: 'relu', type: 'relu', name: 'ReLU', fields: {} },
    { id: 'b', type: 'mcconv', name: 'B', fields: { maps: 3 } },
    { id: 'c', type: 'conv', name: 'C', fields: { channels: 6 } },
    { id: 'bn2', type: 'batchnorm', name: 'BN 2', fields: {} },
    { id: 'add', type: 'add', name: 'Add', fields: {} },
    { id: 'cat', type: 'concat', name: 'Concat', fields: {} },
    { id: 'bn3', type: 'batchnorm', name: 'BN 3', fields: {} },
    { id: 'gap', type: 'globalavgpool', name: 'Pool', fields: {} },
    { id: 'out', type: 'output', name: 'Output', fields: {} },
  ],
  edges: [
    ['in', 'a'],
    ['a', 'bn'],
    ['a', 'bn2'],
    ['bn', 'relu'],
    ['relu', 'b'],
    ['relu', 'c'],
    ['bn', 'add'],
    ['b', 'add'],
    ['bn2', 'add'],
    ['c', 'add'],
    ['add', 'cat'],
    ['bn2', 'cat'],
    ['cat', 'bn3'],
    ['bn3', 'gap'],
    ['gap', 'out'],
  ].map(([from, to], index) => ({ id: `e${index}`, from: from!, to: to!, port: 'in' })),
};

const designs = [
  ...smallDesigns,
  { name: 'normalisations in every order', document: chain(normalizations) },
  { name: 'normalised values with several readers', document: shared },
];

const cases = designs.flatMap(({ name, document }) =>
  FAMILIES.map((family) => ({ name: `${name} as ${family}`, network: networkOf(document, family) })),
);

/** Weights whose gradients tell layers apart: drawn, gamma and beta included. */
function drawnWeights(model: TrainableModel): Map<string, Float32Array> {
  return new Map(
    model.weights.weights.map(({ name, spec, variable }) => {
      const key = randomKey(SEED, 'init', 'drawn', name);
      const [low, high] = spec.role === 'scale' || spec.role === 'modulation' ? [0.5, 1.5] : [-0.5, 0.5];
      return [name, uniforms(key, variable.size, low, high)];
    }),
  );
}

function batchOf(network: Network): { images: tf.Tensor4D; oneHot: tf.Tensor2D } {
  const classes = classCount(network);
  const { shape } = network.nodes[0]!;
  const size = BATCH * shape[0] * shape[1] * shape[2];
  const oneHot = new Float32Array(BATCH * classes);
  for (let row = 0; row < BATCH; row++) oneHot[row * classes + ((3 * row) % classes)] = 1;
  return {
    images: tf.tensor4d(uniforms(randomKey(SEED, 'init', 'images'), size, -1, 2), [BATCH, ...shape]),
    oneHot: tf.tensor2d(oneHot, [BATCH, classes]),
  };
}

/** The engine's own loss and gradients; asserts that the pass leaves nothing behind. */
async function engine(network: Network): Promise<AutodiffResult> {
  const model = new TrainableModel(network, SEED, 'uniform');
  model.weights.write(drawnWeights(model));
  await model.fitCenters();
  const batch = batchOf(network);
  const before = tf.memory().numTensors;
  const pass = model.trainingPass(batch.images, STEP);
  const logits = tf.reshape(pass.logits, batch.oneHot.shape) as tf.Tensor2D;
  const { loss, gradient, correct } = softmaxCrossEntropy(logits, batch.oneHot);
  const dLogits = tf.reshape(gradient, pass.logits.shape) as tf.Tensor4D;
  const gradients = pass.gradients(dLogits);
  pass.dispose();
  const result = {
    loss: loss.dataSync()[0]!,
    logits: logits.dataSync<'float32'>().slice(),
    gradients: Object.fromEntries(
      Object.entries(gradients).map(([name, tensor]) => [name, tensor.dataSync<'float32'>().slice()]),
    ),
  };
  tf.dispose([logits, loss, gradient, correct, dLogits, gradients]);
  model.dropStatistics();
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(batch);
  model.dispose();
  return result;
}

/** The same by tfjs's tape over ordinary operations of the cpu backend. */
async function oracle(network: Network): Promise<AutodiffResult> {
  const model = new TrainableModel(network, SEED, 'uniform');
  const drawn = drawnWeights(model);
  model.weights.write(drawn);
  await model.fitCenters();
  const batch = batchOf(network);
  const trainable = model.weights.weights
    .filter(({ spec }) => spec.trainable)
    .map(({ name, spec }) => ({ name, shape: spec.shape, values: drawn.get(name)! }));
  const settings = { centers: model.centers, seed: SEED, step: STEP };
  const result = autodiff(network, trainable, batch.images, batch.oneHot, settings);
  tf.dispose(batch);
  model.dispose();
  return result;
}

function difference(found: Float32Array, expected: Float32Array, scale: number): number {
  return expected.reduce((most, value, at) => Math.max(most, Math.abs(value - found[at]!)), 0) / scale;
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

describe('gradients of the engine equal those of automatic differentiation', () => {
  const expected = new Map<string, AutodiffResult>();

  beforeAll(async () => {
    await activate('cpu');
    for (const { name, network } of cases) expected.set(name, await oracle(network));
  });

  describe.each(TEST_BACKENDS)('on %s', (backend) => {
    beforeAll(() => activate(backend));

    it.each(cases)('$name', async ({ name, network }) => {
      const reference = expected.get(name)!;
      const found = await engine(network);
      expect(difference(found.logits, reference.logits, largest(reference.logits))).toBeLessThan(1e-4);
      expect(found.loss).toBeCloseTo(reference.loss, 4);
      expect(Object.keys(found.gradients).sort()).toEqual(Object.keys(reference.gradients).sort());
      const scale = Math.max(...Object.values(reference.gradients).map(largest));
      expect(scale).toBeGreaterThan(1e-3);
      for (const [weight, values] of Object.entries(reference.gradients))
        expect(
          difference(found.gradients[weight]!, values, Math.max(largest(values), 1e-3 * scale)),
          weight,
        ).toBeLessThan(1e-3);
    });
  });

  afterAll(() => {
    expected.clear();
  });
});
