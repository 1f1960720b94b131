import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { ClassMeans } from '@main/engine/model/class-means';
import { discreteTerm } from '@main/engine/model/kernels/discrete-term';
import { filterLoss } from '@main/engine/model/kernels/filter-loss';
import { softmaxCrossEntropy } from '@main/engine/model/kernels/softmax-cross-entropy';
import { activateOrSkip, ALL_BACKENDS } from '../unit/backends/test-backends';
import { whyNoWebGpu } from '../unit/backends/webgpu/software-adapter';
import { expectClose, readCase } from './golden-case';

interface LossCase {
  shape: Record<'K' | 'G' | 'H' | 'W', number>;
  softmax: {
    logits: number[];
    labels: number[];
    classes: number;
    loss: number;
    dLogits: number[];
    correct: number;
  };
  C: number[];
  Chat: number[];
  M: number[];
  dChat: number[];
  /** For theta = 1. */
  filter: Record<'per-plane' | 'summed', { value: number; dC: number[]; dM: number[] }>;
  /** The gradients for theta = 1. */
  discrete: { rate: number; value: number; printed: number[]; descent: number[] };
  center: {
    classes: number;
    features: number;
    steps: {
      features: number[];
      labels: number[];
      value: number;
      dFeatures: number[];
      means: Record<string, number[]>;
    }[];
  };
}

/** The one batch of the shared reference, with means that have begun. */
interface CenterLossCase {
  features: number[];
  shape: [number, number];
  labels: number[];
  means: number[];
  meansShape: [number, number];
  loss: number;
  dFeatures: number[];
  meansAfter: number[];
}

const golden = readCase<LossCase>('losses');

/** Relative to the largest entry of each array: single precision against double. */
const TOLERANCE = 1e-5;

function oneHotOf(labels: readonly number[], classes: number): tf.Tensor2D {
  const rows = labels.map((label) =>
    Array.from({ length: classes }, (_, index) => (index === label ? 1 : 0)),
  );
  return tf.tensor2d(rows, [labels.length, classes]);
}

function filters(values: readonly number[]): tf.Tensor4D {
  const { K, G, H, W } = golden.shape;
  return tf.tensor4d([...values], [W, W, G * K, H]);
}

describe.each(ALL_BACKENDS)('losses on %s', (backend) => {
  beforeEach(({ skip }) => activateOrSkip(backend, whyNoWebGpu, skip));

  it('softmax cross-entropy and its gradient', async () => {
    const { logits, labels, classes, loss, dLogits, correct } = golden.softmax;
    const z = tf.tensor2d(logits, [labels.length, classes]);
    const found = softmaxCrossEntropy(z, oneHotOf(labels, classes));
    expectClose(await found.loss.data(), [loss], TOLERANCE);
    expectClose(await found.gradient.data(), dLogits, TOLERANCE);
    expect((await found.correct.data())[0]).toBe(correct);
  });

  it.each(['per-plane', 'summed'] as const)('filter loss %s, added to other gradients', async (form) => {
    const { value, dC, dM } = golden.filter[form];
    const [c, chat, m] = [filters(golden.C), filters(golden.Chat), tf.tensor3d(golden.M, [3, 3, 3])];
    const base = { dC: filters(golden.dChat), dM: tf.ones(m.shape), theta: 0.01 };
    const found = filterLoss(c, chat, m, form, base);
    expectClose(await found.value.data(), [value], TOLERANCE);
    const sum = golden.dChat.map((each, at) => each + 0.01 * dC[at]!);
    expectClose(await found.dC.data(), sum, TOLERANCE);
    expectClose(
      await found.dM.data(),
      dM.map((each) => 1 + 0.01 * each),
      TOLERANCE,
    );
    const alone = filterLoss(c, chat, m, form);
    expectClose(await alone.dC.data(), dC, TOLERANCE);
    expectClose(await alone.dM.data(), dM, TOLERANCE);
  });

  it.each(['printed', 'descent'] as const)('discrete term of Eq. 10, %s', async (form) => {
    const { rate, value, [form]: expected } = golden.discrete;
    const [c, chat, dChat] = [filters(golden.C), filters(golden.Chat), filters(golden.dChat)];
    const alone = discreteTerm(form, { c, chat, dChat, dC: tf.zerosLike(c) }, rate, 1);
    expectClose(await alone.value.data(), [value], TOLERANCE);
    expectClose(await alone.dC.data(), expected, TOLERANCE);
    const added = discreteTerm(form, { c, chat, dChat, dC: dChat }, rate, 0.01);
    const sum = golden.dChat.map((each, at) => each + 0.01 * expected[at]!);
    expectClose(await added.dC.data(), sum, TOLERANCE);
  });

  it('center loss over three batches in which classes begin one after the other', async () => {
    const { classes, features, steps } = golden.center;
    const means = new ClassMeans(classes, features);
    for (const step of steps) {
      const f = tf.tensor2d(step.features, [step.labels.length, features]);
      const found = means.loss(f, oneHotOf(step.labels, classes));
      expectClose(await found.value.data(), [step.value], TOLERANCE);
      expectClose(await found.gradient.data(), step.dFeatures, TOLERANCE);
      means.update(found.means);
      const after = await means.read();
      expect([...after.keys()]).toEqual(Object.keys(step.means));
      for (const [name, values] of after) expectClose(values, step.means[name]!, TOLERANCE);
    }
    means.dispose();
  });

  it('center loss of the shared reference', async () => {
    const shared = readCase<CenterLossCase>('center-loss');
    const [classes, features] = shared.meansShape;
    const row = (values: number[], index: number) => values.slice(index * features, (index + 1) * features);
    const rows = (values: number[]) => Array.from({ length: classes }, (_, index) => row(values, index));
    const means = new ClassMeans(classes, features);
    means.write(new Map(rows(shared.means).map((mean, index) => [String(index), Float32Array.from(mean)])));
    const found = means.loss(tf.tensor2d(shared.features, shared.shape), oneHotOf(shared.labels, classes));
    expectClose(await found.value.data(), [shared.loss], TOLERANCE);
    expectClose(await found.gradient.data(), shared.dFeatures, TOLERANCE);
    means.update(found.means);
    const after = await means.read();
    for (const [index, mean] of rows(shared.meansAfter).entries())
      expectClose(after.get(String(index))!, mean, TOLERANCE);
    means.dispose();
  });
});
