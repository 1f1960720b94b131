import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import { binarize } from '@main/engine/model/kernels/binarize';
import { finiteCheck } from '@main/engine/model/kernels/finite-check';
import { callKernel } from '@main/engine/model/kernels/kernel';
import { batchStatistics, normalizeBackprop } from '@main/engine/model/kernels/normalization';
import { sgdStep } from '@main/engine/model/kernels/sgd-step';
import { channelStatistics } from '../reference-kernels';
import { activate, activateOrSkip, type TestBackend } from '../test-backends';
import { whyNoWebGpu } from './software-adapter';

/** Values that are the same on every backend. */
function random<T extends tf.Tensor>(name: string, shape: readonly number[], low = -1, high = 1): T {
  const size = tf.util.sizeFromShape([...shape]);
  return tf.tensor(uniforms(randomKey(7, 'init', name), size, low, high), [...shape]) as T;
}

/** What a backend computes; the tensors are made there. */
async function on(backend: TestBackend, compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  await activate(backend);
  const outputs = tf.tidy(compute);
  const values = await Promise.all(outputs.map(async (output) => output.data<'float32'>()));
  tf.dispose(outputs);
  return values;
}

/** The same within float32's rounding of sums, against tfjs in plain JavaScript. */
async function expectLikeReference(compute: () => tf.Tensor[]): Promise<void> {
  const expected = await on('cpu', compute);
  const found = await on('webgpu', compute);
  expected.forEach((values, output) => {
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
    const worst = values.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - found[output]![at]!)),
      0,
    );
    expect(found[output]!.length).toBe(values.length);
    expect(worst / largest, `output ${output}`).toBeLessThan(2e-5);
  });
}

/** 45 filter values by 70 outputs, and positions enough for several strips. */
function filterGradient(stride: number): tf.Tensor[] {
  const out = [Math.ceil(20 / stride), Math.ceil(18 / stride)];
  return callKernel(
    'Conv2DBackpropFilter',
    { x: random('x', [3, 20, 18, 5]), dy: random('dy', [3, ...out, 70]) },
    {
      strides: stride,
      pad: 'same',
      dataFormat: 'NHWC',
      dimRoundingMode: undefined!,
      filterShape: [3, 3, 5, 70],
    },
  );
}

describe('shaders of WebGPU', () => {
  beforeEach(async ({ skip }) => {
    await activateOrSkip('webgpu', whyNoWebGpu, skip);
  });

  it.each([1, 2])('give the gradient of filters over many tiles and strips, stride %i', async (stride) => {
    await expectLikeReference(() => filterGradient(stride));
  });

  it('repeat bit for bit', async () => {
    const once = await on('webgpu', () => filterGradient(1));
    expect(await on('webgpu', () => filterGradient(1))).toEqual(once);
  });

  it('sum over many rows and channels', async () => {
    await expectLikeReference(() => {
      const x = random<tf.Tensor4D>('x', [4, 30, 31, 70]);
      const { mean, variance } = batchStatistics(x);
      const norm = {
        scale: random<tf.Tensor1D>('scale', [70]),
        shift: random<tf.Tensor1D>('shift', [70]),
        center: mean,
        relu: true,
      };
      const { d, reduced } = normalizeBackprop(x, random('dy', x.shape), norm);
      return [mean, variance, d, reduced.sum, reduced.sumX];
    });
  });

  it('keep the digits of a variance beside a large mean', async () => {
    const shape: [number, number, number, number] = [8, 16, 16, 3];
    const values = uniforms(randomKey(7, 'init', 'far'), 6144, 999, 1001);
    const exact = channelStatistics({ shape, data: Float64Array.from(values) });
    const [, variance] = await on('webgpu', () => {
      const found = batchStatistics(tf.tensor4d(values, shape));
      return [found.mean, found.variance];
    });
    exact.variance.forEach((value, channel) => {
      expect(variance![channel]! / value).toBeCloseTo(1, 5);
    });
  });

  it.each([NaN, Infinity, -Infinity])('find %d anywhere in any number of tensors', async (bad) => {
    const sizes = [5, 1, 20_000, 3, 70, 64, 2, 300];
    const check = async (tensor: number, at: number, value: number): Promise<number> => {
      const [found] = await on('webgpu', () => {
        const tensors = sizes.map((size, index) => {
          const values = new Float32Array(size).fill(3e38);
          if (index === tensor) values[at] = value;
          return [`t${index}`, tf.tensor1d(values)];
        });
        return [finiteCheck(Object.fromEntries(tensors) as Record<string, tf.Tensor>)];
      });
      return found![0]!;
    };
    expect(await check(0, 0, -3e38)).toBe(0);
    for (const [tensor, size] of sizes.entries()) expect(await check(tensor, size - 1, bad)).toBeNaN();
  });

  it('binarize to more than two centers, the higher one on a tie', async () => {
    const [chat] = await on('webgpu', () => [
      binarize(
        tf.tensor4d([-2, -0.75, -0.5, 0, 0.25, 0.26, 9], [1, 1, 7, 1]),
        tf.tensor1d([-1, -0.5, 0.5, 1]),
      ),
    ]);
    expect([...chat!]).toEqual([-1, -0.5, -0.5, 0.5, 0.5, 0.5, 1]);
  });

  it.each([true, false])('take a step of SGD, |.| %s', async (absolute) => {
    await expectLikeReference(() => {
      const shape = [3, 3, 4, 9];
      const step = sgdStep(random('w', shape), random('gradient', shape), random('slot', shape), {
        rate: 0.1,
        momentum: 0.9,
        decay: 5e-4,
        absolute,
      });
      return [step.w, step.slot];
    });
  });
});
