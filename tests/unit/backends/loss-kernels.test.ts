import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { centerLoss, type Means } from '@main/engine/model/kernels/center-loss';
import { finiteCheck } from '@main/engine/model/kernels/finite-check';
import { activate, TEST_BACKENDS } from './test-backends';

const FEATURES = 2;

/** Means of three classes, of which only class 0 has begun. */
function begun(): Means {
  return {
    values: tf.tensor2d([1, -1, 0, 0, 0, 0], [3, FEATURES]),
    known: tf.tensor2d([1, 0, 0], [3, 1]),
  };
}

describe.each(TEST_BACKENDS)('losses on %s', (backend) => {
  beforeAll(() => activate(backend));

  it('a class begins with the mean of its first batch; one that is not in the batch stays as it is', async () => {
    const before = tf.memory().numTensors;
    const features = tf.tensor2d([4, 0, 2, 6, 1, 1], [3, FEATURES]);
    const oneHot = tf.tensor2d([0, 1, 0, 0, 1, 0, 1, 0, 0], [3, 3]);
    const means = begun();
    const found = centerLoss(features, oneHot, means);
    // Class 1 begins at (3, 3); distances: (1, -3), (-1, 3), and (0, 2) of class 0.
    expect(found.value.dataSync()[0]).toBeCloseTo((10 + 10 + 4) / 6, 6);
    expect([...(await found.gradient.data())].map((value) => value * 3)).toEqual(
      [1, -3, -1, 3, 0, 2].map((value) => expect.closeTo(value, 5) as number),
    );
    expect([...(await found.means.values.data())]).toEqual([1, 0, 3, 3, 0, 0]);
    expect([...(await found.means.known.data())]).toEqual([1, 1, 0]);
    tf.dispose([features, oneHot, means.values, means.known]);
    tf.dispose([found.value, found.gradient, found.means.values, found.means.known]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    ['nothing bad', 0, null],
    ['the largest numbers', 3.4e38, null],
    ['NaN', NaN, 6],
    ['infinity', Infinity, 0],
    ['infinity less infinity', -Infinity, 3],
  ])('sees %s among finite numbers', (_what, value, place) => {
    const before = tf.memory().numTensors;
    const values = new Float32Array(7).fill(place === null ? value : 3e38);
    if (place !== null) values[place] = value;
    if (value === -Infinity) values[1] = Infinity;
    const tensors = { 'a/C': tf.ones([2, 3]), 'a/M': tf.tensor1d(values), 'b/kernel': tf.zeros([1]) };
    const check = finiteCheck(tensors);
    expect(check.shape).toEqual([]);
    expect(check.dataSync()[0]).toBe(place === null ? 0 : NaN);
    tf.dispose([check, tensors]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
