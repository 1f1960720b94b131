import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { profileKernels } from '@main/engine/training/kernel-profile';
import { activate } from '../../backends/test-backends';

function kernelFuncs(): Map<string, tf.KernelFunc> {
  return new Map(
    tf.getKernelsForBackend(tf.getBackend()).map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]),
  );
}

describe('the profile of kernels', () => {
  beforeAll(() => activate('cpu'));

  it('counts what ran, and adds up to no more than the whole', async () => {
    const a = tf.ones<tf.Rank.R2>([64, 64]);
    const began = performance.now();
    const times = await profileKernels(async () => {
      for (let call = 0; call < 3; call++) await tf.tidy(() => tf.relu(tf.matMul(a, a))).data();
    });
    const whole = performance.now() - began;
    const calls = Object.fromEntries(times.map(({ name, calls: count }) => [name, count]));
    expect(calls).toMatchObject({ BatchMatMul: 3, Relu: 3 });
    expect(times.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBeLessThanOrEqual(whole);
    expect(times.map(({ milliseconds }) => milliseconds)).toEqual(
      times.map(({ milliseconds }) => milliseconds).sort((x, y) => y - x),
    );
    a.dispose();
  });

  it('gives a kernel that calls another only what is its own', async () => {
    const slow = (): void => {
      const until = performance.now() + 30;
      while (performance.now() < until);
    };
    const inner: tf.KernelConfig = {
      kernelName: 'ProfiledInner',
      backendName: 'cpu',
      kernelFunc: () => {
        slow();
        return [];
      },
    };
    const outer: tf.KernelConfig = {
      kernelName: 'ProfiledOuter',
      backendName: 'cpu',
      kernelFunc: () => tf.engine().runKernel('ProfiledInner', {}) as unknown as tf.TensorInfo[],
    };
    for (const config of [inner, outer]) tf.registerKernel(config);
    try {
      const times = await profileKernels(async () => {
        tf.engine().runKernel('ProfiledOuter', {});
        await Promise.resolve();
      });
      expect(times.map(({ name }) => name)).toEqual(['ProfiledInner', 'ProfiledOuter']);
      expect(times[0]!.milliseconds).toBeGreaterThanOrEqual(30);
      expect(times[1]!.milliseconds).toBeLessThan(30);
    } finally {
      for (const { kernelName } of [inner, outer]) tf.unregisterKernel(kernelName, 'cpu');
    }
  });

  it('leaves the kernels as they were, also when the work fails', async () => {
    const before = kernelFuncs();
    await expect(profileKernels(() => Promise.reject(new Error('stop')))).rejects.toThrow('stop');
    expect(kernelFuncs()).toEqual(before);
  });
});
