import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { activateDevice, probeDevice } from '@main/backends/devices';
import { checkVulkanLoader } from '@main/backends/webgpu/vulkan-loader';
import { problemOf } from '../problem-of';
import { whyNoWebGpu } from './software-adapter';

describe('Vulkan', () => {
  it.runIf(process.platform === 'linux')('that is not installed is named', () => {
    expect(() => {
      checkVulkanLoader('libvulkan-of-nowhere.so.1');
    }).toThrow('Vulkan is not installed: there is no libvulkan-of-nowhere.so.1.');
  });
});

describe('WebGPU in software', () => {
  beforeEach(({ skip }) => {
    if (whyNoWebGpu) skip(whyNoWebGpu);
  });

  it('is taken when it is named, and says what it is', async () => {
    const device = await activateDevice('webgpu');
    expect(device).toMatchObject({
      name: 'webgpu',
      fellBack: null,
      identity: { software: true, version: expect.stringMatching(/^Dawn \S+, tfjs-backend-webgpu \S+$/) },
    });
    expect(device.description).toBe(`Software adapter through WebGPU (${device.identity.adapter})`);
    expect(tf.getBackend()).toBe('webgpu');
  });

  it('is usable, and not measured', async () => {
    const measure = () => Promise.reject(new Error('It was measured.'));
    expect(await probeDevice('webgpu', measure)).toMatchObject({ usable: true, speed: null });
  });

  it('is not what auto takes in place of a GPU that was measured before', async () => {
    const device = await activateDevice('auto', 1, 'webgpu');
    expect(device.name).toMatch(/^cpu-/);
    expect(device.fellBack).toMatchObject({
      from: 'webgpu',
      reason: expect.stringMatching(/^All that is left of it is a GPU imitated in software \(.+\)/),
    });
    expect(tf.getBackend()).toBe(device.name.replace('cpu-wasm', 'wasm'));
  });

  it.each(['auto', 'cpu'])('is never what %s takes', async (choice) => {
    expect((await activateDevice(choice)).name).toMatch(/^cpu-/);
  });

  it('refuses values behind an error of the device', async () => {
    await activateDevice('webgpu');
    const x = tf.tensor1d([1, 2]);
    const fine = tf.add(x, 1);
    expect([...(await fine.data())]).toEqual([2, 3]);
    const { device } = tf.backend() as unknown as { device: { destroy(): void; lost: Promise<unknown> } };
    device.destroy();
    await device.lost;
    const problem = await problemOf(fine.data());
    expect(problem).toMatchObject({ code: 'gpu-error', fix: expect.stringContaining('smaller batch') });
  });
});
