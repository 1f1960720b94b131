import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { applyEdit } from '@shared/graph/edit';
import type { Network } from '@shared/network/network';
import { findPreset } from '@shared/network/presets';
import { trainingFields, type TrainingSettings } from '@shared/training/settings';
import { createOptimizer } from '@main/engine/model/create-optimizer';
import { featureCenters } from '@main/engine/model/feature-centers';
import type { Optimizer } from '@main/engine/model/optimizer';
import { TrainableModel } from '@main/engine/model/trainable-model';
import type { Weight } from '@main/engine/model/weight-store';
import { trainStep, type DeviceBatch, type StepResult } from '@main/engine/training/train-step';
import { activateOrSkip } from '../unit/backends/test-backends';
import { whyNoWebGpu } from '../unit/backends/webgpu/software-adapter';
import { networkOf } from '../unit/packed/sample-models';
import { expectClose, readCase } from './golden-case';

/** What is kept of a tensor; see mcn20.py. */
interface Digest {
  size: number;
  largest: number;
  norm: number;
  entries: number[];
  product: number;
}

interface Variant {
  /** Side of the images. */
  size: number;
  imageSeed: number;
  latent: boolean;
  printed: boolean;
  softmaxLoss: number;
  filterRaw: number;
  centerRaw: number;
  discreteRaw: number;
  gradients: Record<string, Digest>;
  after: Record<string, Digest>;
  running: Record<string, Digest>;
  inference: number[];
}

const { variants } = readCase<{ variants: Variant[] }>('mcn-20-step');

/**
 * Relative to the largest entry, or for a product to the norm, of each tensor. What was seen is 3e-5 on every backend; PyTorch, were it
 * to compute the same step in single precision, would be off by 1.6e-4 in gradients that nearly cancel.
 */
const TOLERANCE = 1e-4;

/** Without plain JavaScript, which takes minutes for a step of this size. */
const BACKENDS = ['wasm', 'cpu-native', 'webgpu'] as const;

/** All variants, and of a GPU that software may imitate the smallest one: a minute was measured, on two busy cores. */
function variantsFor(backend: (typeof BACKENDS)[number]): Variant[] {
  return backend === 'webgpu' ? variants.filter(({ size, latent }) => size === 8 && !latent) : variants;
}

const LABELS = [3, 8, 3, 0];
const CLASSES = 10;

/** Value `index` in [0, 1) of a sequence that mcn20.py has, too. */
function hashed(seed: number, index: number): number {
  let h = (Math.imul(seed, 0x9e3779b1) + index) >>> 0;
  for (const factor of [0x7feb352d, 0x846ca68b]) h = Math.imul(h ^ (h >>> 15), factor) >>> 0;
  return ((h ^ (h >>> 16)) >>> 8) / 2 ** 24;
}

/** A value of a weight from its draw in [0, 1); biases of batch norm stay away from zero, see mcn20.py. */
function valueOf({ name, shape }: Weight['spec'], draw: number): number {
  if (name === 'beta') return draw < 0.5 ? -(3 + 2 * draw) : 3 + (2 * draw - 1);
  if (name === 'M' || name === 'gamma') return draw + 0.5;
  const bound = name === 'C' ? Math.sqrt(6 / (9 * shape[2]!)) : Math.sqrt(1 / 256);
  return draw * 2 * bound - bound;
}

/** The trainable weights in order: that of the layers, which numbers those of the case, too. */
function trainable(model: TrainableModel): Weight[] {
  return model.weights.weights.filter(({ spec }) => spec.trainable);
}

/** Hashed weights; running statistics as they begin. */
async function startingWeights(model: TrainableModel): Promise<Map<string, Float32Array>> {
  const values = await model.weights.read();
  for (const [position, weight] of trainable(model).entries()) {
    const drawn = values.get(weight.name)!.map((_, at) => valueOf(weight.spec, hashed(position + 1, at)));
    values.set(weight.name, drawn);
  }
  return values;
}

function batch({ size, imageSeed }: Variant): DeviceBatch {
  const pixels = new Float32Array(LABELS.length * size * size * 4);
  for (let at = 0; at < pixels.length / 4; at++) {
    const rgb = [0, 1, 2].map((channel) => hashed(imageSeed, at * 3 + channel) * 4 - 2);
    pixels.set([...rgb, (rgb[0]! + rgb[1]! + rgb[2]!) / 3], at * 4);
  }
  const oneHot = LABELS.flatMap((label) =>
    Array.from({ length: CLASSES }, (_, at) => (at === label ? 1 : 0)),
  );
  return {
    images: tf.tensor4d(pixels, [LABELS.length, size, size, 4]),
    oneHot: tf.tensor2d(oneHot, [LABELS.length, CLASSES]),
  };
}

/** mcn-20 for images of another size. */
function networkFor({ size }: Variant): Network {
  const sized = ['height', 'width'].reduce(
    (document, field) =>
      applyEdit(document, { kind: 'set-field', node: 'input', field, value: size }).document,
    findPreset('mcn-20')!.document,
  );
  return networkOf(sized, 'mcn');
}

function expectDigest(found: Float32Array, expected: Digest, what: string): void {
  expect(found.length, what).toBe(expected.size);
  let [largest, square, product] = [0, 0, 0];
  for (const [at, value] of found.entries()) {
    largest = Math.max(largest, Math.abs(value));
    square += value ** 2;
    product += value * (hashed(7, at) * 2 - 1);
  }
  const entries = expected.entries.map((_, place) => found[Math.floor((place * found.length) / 16)]!);
  const worst = Math.max(...entries.map((value, place) => Math.abs(value - expected.entries[place]!)));
  expect(worst / expected.largest, `entries of ${what}`).toBeLessThan(TOLERANCE);
  expect(Math.abs(largest / expected.largest - 1), `largest of ${what}`).toBeLessThan(TOLERANCE);
  expect(Math.abs(Math.sqrt(square) / expected.norm - 1), `norm of ${what}`).toBeLessThan(TOLERANCE);
  expect(Math.abs(product - expected.product) / expected.norm, `product of ${what}`).toBeLessThan(TOLERANCE);
}

/** The tensors of a case against those of the same order in the engine. */
function expectDigests(
  found: [name: string, values: Float32Array][],
  expected: Record<string, Digest>,
): void {
  const names = Object.keys(expected);
  const last = (name: string) => name.split('/').at(-1);
  expect(found.map(([name]) => last(name))).toEqual(names.map(last));
  for (const [position, [name, values]] of found.entries())
    expectDigest(values, expected[names[position]!]!, name);
}

interface Outcome {
  result: StepResult;
  gradients: Map<string, Float32Array>;
  after: Map<string, Float32Array>;
  /** With the weights before the step and the running statistics after it. */
  inference: Float32Array;
}

/** The values of tensors, which it disposes. */
async function readAll(tensors: Map<string, tf.Tensor>): Promise<Map<string, Float32Array>> {
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of tensors) {
    values.set(name, (await tensor.data<'float32'>()).slice());
    tensor.dispose();
  }
  return values;
}

async function oneStep(
  model: TrainableModel,
  settings: TrainingSettings,
  data: DeviceBatch,
): Promise<Outcome> {
  const start = await startingWeights(model);
  model.weights.write(start);
  await model.fitCenters();
  const optimizer = createOptimizer(model.weights.weights, settings);
  const recorded = new Map<string, tf.Tensor>();
  const recording: Optimizer = {
    step: (found, ...rates) => {
      for (const [name, gradient] of Object.entries(found)) recorded.set(name, gradient.clone());
      optimizer.step(found, ...rates);
    },
    read: () => optimizer.read(),
    write: (state) => {
      optimizer.write(state);
    },
    dispose: () => {
      optimizer.dispose();
    },
  };
  const rates = { filters: settings.learningRate, modulation: settings.modulationRate };
  const centers = featureCenters(model.network, settings)!;
  const result = await trainStep(model, recording, settings, data, 0, rates, centers);
  const gradients = await readAll(recorded);
  const after = await model.weights.read();
  const mixed = trainable(model).map(({ name }) => [name, start.get(name)!] as const);
  model.weights.write(new Map([...after, ...mixed]));
  const logits = model.logits(data.images);
  const inference = (await logits.data<'float32'>()).slice();
  tf.dispose([logits, data.images, data.oneHot]);
  recording.dispose();
  centers.means.dispose();
  return { result, gradients, after, inference };
}

describe.each(BACKENDS)('a training step of mcn-20 on %s', (backend) => {
  beforeEach(({ skip }) => activateOrSkip(backend, whyNoWebGpu, skip));

  it.each(variantsFor(backend))(
    'equals PyTorch: losses, gradients, weights, running statistics, inference ($size, latent: $latent, printed: $printed)',
    { timeout: 300_000 },
    async (expected) => {
      const before = tf.memory().numTensors;
      const model = new TrainableModel(networkFor(expected), 1, 'uniform');
      const { result, gradients, after, inference } = await oneStep(
        model,
        {
          ...defaultsOf(trainingFields),
          learningRate: 0.1,
          modulationRate: 0.01,
          weightDecay: 5e-4,
          filterLoss: 1e-3,
          centerLoss: 0.05,
          discreteTerm: expected.printed ? 'printed' : 'off',
          mGradient: expected.latent ? 'latent' : 'true',
        },
        batch(expected),
      );
      expect(result).toMatchObject({ done: true, badGradient: null });
      for (const name of ['softmaxLoss', 'filterRaw', 'centerRaw', 'discreteRaw'] as const)
        expectClose([result[name]], [expected[name]], TOLERANCE);
      const learned = trainable(model).map(({ name }) => name);
      const pick = (values: Map<string, Float32Array>, names: readonly string[]) =>
        names.map((name): [string, Float32Array] => [name, values.get(name)!]);
      expectDigests(pick(gradients, learned), expected.gradients);
      expectDigests(pick(after, learned), expected.after);
      const running = model.weights.weights.filter(({ spec }) => !spec.trainable).map(({ name }) => name);
      expectDigests(pick(after, running), expected.running);
      expectClose(inference, expected.inference, TOLERANCE);
      model.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
