import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activateDevice, probeDevice } from '@main/backends/devices';
import { addon, whyNot } from './cpu/native-addon';
import { problemOf } from './problem-of';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcn-devices-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

describe('without the native kernels', () => {
  beforeEach(() => {
    vi.stubEnv('MCN_NATIVE_FOLDER', folder);
  });

  it.each(['auto', 'cpu'])('%s takes WebAssembly and says why', async (choice) => {
    const device = await activateDevice(choice);
    expect(device).toMatchObject({ name: 'cpu-wasm', description: expect.stringContaining('WebAssembly') });
    expect(device.fellBack).toMatchObject({
      from: 'cpu-native',
      reason: 'The native kernels are not built here.',
    });
    expect(tf.getBackend()).toBe('wasm');
  });

  it('tells the reason that the set-up left', async () => {
    const left = {
      reason: 'This machine lacks make.',
      fix: 'To get what is needed: install make',
      madeFrom: null,
    };
    await writeFile(join(folder, 'not-built.json'), JSON.stringify(left));
    expect((await activateDevice('auto')).fellBack).toEqual({
      from: 'cpu-native',
      reason: 'The native kernels are not built here. This machine lacks make.',
      fix: left.fix,
    });
  });

  it('tells when the addon is none', async () => {
    await writeFile(join(folder, 'mcn_kernels.node'), 'not a library');
    const { fellBack } = await activateDevice('auto');
    expect(fellBack!.reason).toMatch(/^The native kernels cannot be loaded: .+\.$/);
  });

  it('fails when they were named', async () => {
    const problem = await problemOf(activateDevice('cpu-native'));
    expect(problem).toMatchObject({
      code: 'device-failed',
      field: 'device',
      fix: expect.stringContaining('native'),
    });
    expect(problem.message).toBe(
      'The device cpu-native does not work here. The native kernels are not built here.',
    );
  });

  it('reports them as not usable, and measures the other', async () => {
    const speed = { imagesPerSecond: 100, multiplyAdds: 1e6 };
    const measure = () => Promise.resolve(speed);
    expect(await probeDevice('cpu-native', measure)).toMatchObject({
      usable: false,
      identity: null,
      reason: 'The native kernels are not built here.',
      speed: null,
    });
    expect(await probeDevice('cpu-wasm', measure)).toMatchObject({
      usable: true,
      identity: { version: 'tfjs-backend-wasm 4.22.0', software: false },
      reason: null,
      notNative: null,
      speed,
    });
  });
});

it('takes WebAssembly when it is named, which is no fallback', async () => {
  expect(await activateDevice('cpu-wasm')).toMatchObject({ name: 'cpu-wasm', fellBack: null });
});

describe('the preferred device', () => {
  it.each(['auto', 'cpu'])('is taken first by %s', async (choice) => {
    expect(await activateDevice(choice, 1, 'cpu-wasm')).toMatchObject({ name: 'cpu-wasm', fellBack: null });
  });

  it('is not taken where another one is named', async () => {
    expect(await activateDevice('cpu-wasm', 1, 'cpu-native')).toMatchObject({
      name: 'cpu-wasm',
      fellBack: null,
    });
  });

  it('is never a GPU where the CPU is wanted', async () => {
    expect(await activateDevice('cpu', 1, 'tensorflow')).toMatchObject({
      name: expect.stringMatching(/^cpu-/),
      fellBack: addon ? null : { from: 'cpu-native' },
    });
  });

  it('that fails is told', async () => {
    vi.stubEnv('MCN_NATIVE_FOLDER', folder);
    expect(await activateDevice('auto', 1, 'cpu-native')).toMatchObject({
      name: 'cpu-wasm',
      fellBack: { from: 'cpu-native', reason: 'The native kernels are not built here.' },
    });
  });
});

it('refuses a device that there is not', async () => {
  expect(await problemOf(activateDevice('npu'))).toMatchObject({
    code: 'device-unknown',
    message: 'There is no device npu.',
    fix: expect.stringContaining('cpu-native, cpu-wasm, webgpu, tensorflow'),
  });
});

describe('with the native kernels', () => {
  beforeEach(({ skip }) => {
    if (!addon) skip(whyNot);
  });

  it.each(['auto', 'cpu', 'cpu-native'])('%s takes them', async (choice) => {
    const device = await activateDevice(choice, 1);
    expect(device).toMatchObject({ name: 'cpu-native', fellBack: null });
    expect(device.description).toMatch(/^CPU, native kernels \((AVX-512|AVX2|NEON|portable)\), 1 thread$/);
    expect(tf.getBackend()).toBe('cpu-native');
  });

  it('computes on as many threads as were asked for, and on every core when none were', async () => {
    expect((await activateDevice('auto', 3)).description).toMatch(/, 3 threads$/);
    const { description } = await activateDevice('auto');
    expect(Number(/(\d+) threads?$/.exec(description)![1])).toBe(availableParallelism());
  });

  it('reports which kernels of a step are not native', async () => {
    const native = await probeDevice('cpu-native', async (beforeStep) => {
      tf.dispose(tf.tidy(() => tf.cos([1, 2])));
      beforeStep();
      tf.dispose(tf.tidy(() => tf.softmax([1, 2])));
      return Promise.resolve({ imagesPerSecond: 1, multiplyAdds: 1 });
    });
    expect(native).toMatchObject({ name: 'cpu-native', usable: true, notNative: ['Softmax'] });
  });
});
