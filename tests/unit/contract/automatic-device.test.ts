import { describe, expect, it } from 'vitest';
import { automaticDevice } from '@shared/contract/automatic-device';
import type { DeviceName, DeviceReport } from '@shared/contract/device';

/** A usable device that trains so many images a second. */
function device(name: DeviceName, imagesPerSecond: number | null, software = false): DeviceReport {
  return {
    name,
    usable: true,
    description: name,
    identity: { version: '1', adapter: 'chip', memory: null, software },
    reason: null,
    fix: null,
    notNative: null,
    speed: imagesPerSecond === null ? null : { imagesPerSecond, multiplyAdds: 1e6 },
  };
}

const broken: DeviceReport = {
  ...device('cpu-native', null),
  usable: false,
  identity: null,
  reason: 'Broken.',
};

describe('what auto stands for', () => {
  it.each<[string, DeviceReport[], DeviceName | undefined]>([
    ['the CPU', [device('cpu-native', 100), device('cpu-wasm', 10)], 'cpu-native'],
    [
      'the native kernels, whatever was measured',
      [device('cpu-native', 5), device('cpu-wasm', 10)],
      'cpu-native',
    ],
    ['WebAssembly without native kernels', [broken, device('cpu-wasm', 10)], 'cpu-wasm'],
    ['a faster GPU', [device('cpu-native', 100), device('webgpu', 101)], 'webgpu'],
    [
      'the fastest of two GPUs',
      [device('cpu-native', 100), device('webgpu', 200), device('tensorflow', 300)],
      'tensorflow',
    ],
    ['the CPU before a slower GPU', [device('cpu-native', 100), device('webgpu', 99)], 'cpu-native'],
    [
      'the CPU before a GPU that was not measured',
      [device('cpu-wasm', 10), device('webgpu', null)],
      'cpu-wasm',
    ],
    ['never a GPU imitated in software', [device('cpu-wasm', 10), device('webgpu', 1000, true)], 'cpu-wasm'],
    ['a GPU where the CPU cannot compute', [broken, device('webgpu', 10)], 'webgpu'],
    ['nothing where nothing can compute', [broken, device('webgpu', 1000, true)], undefined],
  ])('is %s', (_what, reports, expected) => {
    expect(automaticDevice(reports)?.name).toBe(expected);
    expect(automaticDevice([...reports].reverse())?.name).toBe(expected);
  });
});
