import { describe, expect, it } from 'vitest';
import { largestBatch, memoryProblem, trainingBytes } from '@shared/contract/device-memory';
import { lower } from '@shared/network/lower';
import { findPreset } from '@shared/network/presets';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

function preset(id: string, family: 'mcn' | 'wrn' = 'mcn') {
  return lower(findPreset(id)!.document, family).network!;
}

describe('memory of a run before it starts', () => {
  /** Peak resident memory of a training process after a few steps, as npm run bench tells it. */
  it.each([
    ['mcn-mnist-small', 'mcn', 128, 'cpu-native', 206],
    ['mcn-mnist', 'mcn', 128, 'cpu-native', 354],
    ['mcn-20', 'mcn', 16, 'cpu-native', 192],
    ['mcn-20', 'mcn', 128, 'cpu-native', 650],
    ['mcn-20', 'wrn', 128, 'cpu-native', 691],
    ['mcn-mnist-small', 'mcn', 128, 'cpu-wasm', 281],
    ['mcn-mnist', 'mcn', 128, 'cpu-wasm', 435],
    ['mcn-20', 'mcn', 32, 'cpu-wasm', 333],
    ['mcn-20', 'wrn', 16, 'cpu-wasm', 324],
  ] as const)(
    '%s (%s), batch %i on %s: about the %i MiB that were measured',
    (id, family, batch, device, measured) => {
      const estimate = trainingBytes(preset(id, family), batch, device) / MIB;
      expect(estimate).toBeGreaterThan(0.95 * measured);
      expect(estimate).toBeLessThan(1.6 * measured);
    },
  );

  it('grows with the batch alone', () => {
    const network = preset('mcn-20');
    const [one, two, three] = [1, 2, 3].map((batch) => trainingBytes(network, batch, 'cpu-native'));
    expect(three! - two!).toBeCloseTo(two! - one!, 0);
    expect(two!).toBeGreaterThan(one!);
  });

  it('is no problem where it fits', () => {
    expect(memoryProblem(preset('mcn-mnist'), 128, 'cpu-native', 4 * GIB)).toBeNull();
  });

  it('names the batch that fits where the asked one does not', () => {
    const network = preset('mcn-20');
    const problem = memoryProblem(network, 4096, 'cpu-native', 2 * GIB)!;
    expect(problem).toMatchObject({ code: 'memory-short', field: 'batchSize' });
    const batch = Number(/at most (\d+)/.exec(problem.fix!)![1]);
    expect(batch).toBe(largestBatch(network, 'cpu-native', 2 * GIB));
    expect(memoryProblem(network, batch, 'cpu-native', 2 * GIB)).toBeNull();
    expect(memoryProblem(network, batch + 1, 'cpu-native', 2 * GIB)).not.toBeNull();
  });

  it('knows where the heap of WebAssembly ends, however much memory there is', () => {
    const problem = memoryProblem(preset('mcn-28'), 512, 'cpu-wasm', 64 * GIB)!;
    expect(problem.message).toContain('WebAssembly ends at 4');
    expect(memoryProblem(preset('mcn-28'), 512, 'cpu-native', 64 * GIB)).toBeNull();
  });

  it('says so when not even one image fits', () => {
    expect(memoryProblem(preset('mcn-34'), 1, 'cpu-native', 200 * MIB)!.fix).toMatch(/Not even one image/);
  });
});
