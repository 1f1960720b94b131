import { describe, expect, it } from 'vitest';
import {
  largestBatch,
  memoryProblem,
  trainingBytes,
  type MemorySettings,
} from '@shared/contract/device-memory';
import { lower } from '@shared/network/lower';
import { memoryNeed } from '@shared/network/memory-need';
import type { Network } from '@shared/network/network';
import { findPreset } from '@shared/network/presets';
import { nodeWeights, weightSize } from '@shared/network/profile';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

function preset(id: string, family: 'mcn' | 'wrn' = 'mcn') {
  return lower(findPreset(id)!.document, family).network!;
}

/** All weights of a network as float32. */
function networkBytes(network: Network): number {
  const specs = network.nodes.flatMap((node) => nodeWeights(node));
  return 4 * specs.reduce((sum, spec) => sum + weightSize(spec), 0);
}

function sgd(batchSize: number): MemorySettings {
  return { batchSize, optimizer: 'sgd' };
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
      const estimate = trainingBytes(preset(id, family), sgd(batch), device) / MIB;
      expect(estimate).toBeGreaterThan(0.95 * measured);
      expect(estimate).toBeLessThan(1.6 * measured);
    },
  );

  it('grows with the batch alone', () => {
    const network = preset('mcn-20');
    const [one, two, three] = [1, 2, 3].map((batch) => trainingBytes(network, sgd(batch), 'cpu-native'));
    expect(three! - two!).toBeCloseTo(two! - one!, 0);
    expect(two!).toBeGreaterThan(one!);
  });

  it('counts the slots of the method: Adam keeps one more of each weight than SGD', () => {
    const network = preset('mcn-mnist');
    const copies = (optimizer: MemorySettings['optimizer']): number =>
      memoryNeed(network, 1, optimizer).weights / networkBytes(network);
    expect([copies('sgd'), copies('adam'), copies('adadelta')]).toEqual([5, 6, 6]);
  });

  it('is no problem where it fits', () => {
    expect(memoryProblem(preset('mcn-mnist'), sgd(128), 'cpu-native', 4 * GIB)).toBeNull();
  });

  it('names the batch that fits where the asked one does not', () => {
    const network = preset('mcn-20');
    const problem = memoryProblem(network, sgd(4096), 'cpu-native', 2 * GIB)!;
    expect(problem).toMatchObject({ code: 'memory-short', field: 'batchSize' });
    const batch = Number(/at most (\d+)/.exec(problem.fix!)![1]);
    expect(batch).toBe(largestBatch(network, 'sgd', 'cpu-native', 2 * GIB));
    expect(memoryProblem(network, sgd(batch), 'cpu-native', 2 * GIB)).toBeNull();
    expect(memoryProblem(network, sgd(batch + 1), 'cpu-native', 2 * GIB)).not.toBeNull();
  });

  it('knows where the heap of WebAssembly ends, however much memory there is', () => {
    const problem = memoryProblem(preset('mcn-28'), sgd(512), 'cpu-wasm', 64 * GIB)!;
    expect(problem.message).toContain('WebAssembly ends at 4');
    expect(memoryProblem(preset('mcn-28'), sgd(512), 'cpu-native', 64 * GIB)).toBeNull();
  });

  it('says so when not even one image fits', () => {
    expect(memoryProblem(preset('mcn-34'), sgd(1), 'cpu-native', 200 * MIB)!.fix).toMatch(
      /Not even one image/,
    );
  });
});
