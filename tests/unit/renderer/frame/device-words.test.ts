import { describe, expect, it } from 'vitest';
import { bestDevice, deviceOfRun, reportText } from '@renderer/frame/device-words';
import type { DeviceReport } from '@shared/contract/device';
import { DEVICE_FELL_BACK } from '@shared/contract/device';

const speed = { imagesPerSecond: 1000, multiplyAdds: 1e6 };
const native: DeviceReport = {
  name: 'cpu-native',
  usable: true,
  description: 'CPU, native kernels (AVX2), 4 threads',
  identity: { version: 'mcn_kernels 0.1.0', adapter: 'A processor', memory: 2 ** 33, software: false },
  reason: null,
  fix: null,
  notNative: [],
  speed,
};
const missing: DeviceReport = {
  ...native,
  usable: false,
  description: 'CPU, native kernels',
  identity: null,
  reason: 'This machine lacks make.',
  fix: 'Install make',
  notNative: null,
  speed: null,
};
const wasm: DeviceReport = {
  ...native,
  name: 'cpu-wasm',
  description: 'CPU, WebAssembly SIMD, 1 thread',
  notNative: null,
};

describe('the device of the next run', () => {
  it('is the CPU where nothing is faster', () => {
    expect(bestDevice([native, wasm])).toEqual({ text: native.description, good: true });
  });

  it('says that the native kernels are missing when WebAssembly computes in their place', () => {
    expect(bestDevice([missing, wasm])).toEqual({
      text: 'CPU, WebAssembly SIMD, 1 thread (native kernels missing)',
      good: false,
    });
  });

  it('is a GPU where it was measured to be faster', () => {
    const gpu: DeviceReport = { ...native, name: 'webgpu', description: 'GPU through WebGPU' };
    const faster = { ...gpu, speed: { ...speed, imagesPerSecond: 2000 } };
    expect(bestDevice([native, gpu])).toEqual({ text: native.description, good: true });
    expect(bestDevice([native, faster])).toEqual({ text: gpu.description, good: true });
  });

  it('is none where nothing computes', () => {
    expect(bestDevice([missing, { ...wasm, usable: false }])).toEqual({
      text: 'No device can compute',
      good: false,
    });
  });
});

describe('the device of a run', () => {
  const notice = { step: 0, problem: { code: DEVICE_FELL_BACK, message: 'It lacks make.' } };
  const onWasm = { device: 'cpu-wasm', deviceDescription: wasm.description };

  it('is what it said, and lacks the native kernels only where it had to do without them', () => {
    const own = { text: wasm.description, good: true };
    expect(deviceOfRun(onWasm, [], [missing, wasm])).toEqual(own);
    expect(deviceOfRun(onWasm, [notice], [missing, wasm])).toEqual({
      text: `${wasm.description} (native kernels missing)`,
      good: false,
    });
  });

  it('lacks nothing when a run stays on WebAssembly though the native kernels are there by now', () => {
    expect(deviceOfRun(onWasm, [notice], [native, wasm])).toEqual({ text: wasm.description, good: true });
    expect(deviceOfRun(onWasm, [notice], null).text).not.toContain('missing');
  });

  it('is good again when the run went on with the native kernels', () => {
    const plan = { device: 'cpu-native', deviceDescription: native.description };
    expect(deviceOfRun(plan, [notice], [missing, wasm])).toEqual({ text: native.description, good: true });
  });
});

it('tells why a device cannot be used and what would help', () => {
  expect(reportText(native)).toBe('CPU, native kernels (AVX2), 4 threads: usable');
  expect(reportText(missing)).toBe('CPU, native kernels: This machine lacks make. Install make');
});
