import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activateDevice, probeDevice } from '@main/backends/devices';
import { loadPackage } from '@main/backends/load-package';
import { activateTensorFlow } from '@main/backends/tensorflow/activate-tensorflow';
import { parseNvidiaSmi } from '@main/backends/tensorflow/nvidia-smi';
import { checkVulkanLoader } from '@main/backends/webgpu/vulkan-loader';
import { StudioError, type Problem } from '@shared/problem';
import { whyNoWebGpu } from './software-adapter';

let dir: string;
/** A module in a folder without packages. */
let from: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mcn-gpu-'));
  from = pathToFileURL(join(dir, 'module.js')).href;
});

afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** A package of the folder; files by path. */
function install(name: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries({ 'package.json': '{"version":"1.2.3"}', ...files })) {
    const file = join(dir, 'node_modules', name, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
}

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StudioError)) throw new Error('It did not fail as expected.', { cause: error });
  return error.problem;
}

describe('an optional package', () => {
  it('is loaded with its version', async () => {
    install('webgpu', { 'index.js': 'exports.answer = 42;' });
    const { module, version } = await loadPackage<{ answer: number }>('webgpu', from);
    expect([module.answer, version]).toEqual([42, '1.2.3']);
  });

  it('that is missing is named', async () => {
    expect(await problemOf(loadPackage('webgpu', from))).toMatchObject({
      code: 'package-missing',
      message: 'The package webgpu is not installed.',
      fix: expect.stringContaining('npm install'),
    });
  });

  it('that cannot be loaded says why', async () => {
    install('webgpu', {
      'index.js': "process.dlopen({ exports: {} }, require.resolve('./dawn.node'));",
      'dawn.node': 'not a library',
    });
    const { code, message } = await problemOf(loadPackage('webgpu', from));
    expect(code).toBe('package-unusable');
    expect(message).toMatch(/^The package webgpu cannot be loaded: .*dawn\.node.*\.$/);
  });
});

describe('TensorFlow', () => {
  it('without its package is not usable', async () => {
    expect(await problemOf(activateTensorFlow(from))).toMatchObject({ code: 'package-missing' });
  });

  it('without its addon says that it has to be built', async () => {
    install('@tensorflow/tfjs-node-gpu', {});
    expect(await problemOf(activateTensorFlow(from))).toMatchObject({
      code: 'tensorflow-not-built',
      fix: expect.stringContaining('README'),
    });
  });

  it('with an addon that cannot be loaded passes on what the linker says', async () => {
    install('@tensorflow/tfjs-node-gpu', { 'lib/napi-v8/tfjs_binding.node': 'not a library' });
    const { code, message } = await problemOf(activateTensorFlow(from));
    expect(code).toBe('tensorflow-library');
    expect(message).toContain('tfjs_binding.node');
  });

  it('names its GPU as the driver does', () => {
    const text = 'NVIDIA H100 80GB HBM3, 81559\nNVIDIA H100 80GB HBM3, 81559\n';
    expect(parseNvidiaSmi(text)).toEqual({ adapter: 'NVIDIA H100 80GB HBM3', memory: 81559 * 2 ** 20 });
    expect(parseNvidiaSmi('No devices were found')).toBeNull();
  });
});

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
