import { describe, expect, it } from 'vitest';
import {
  largestBatch,
  memoryProblem,
  trainingBytes,
  type MemorySettings,
} from '@shared/contract/device-memory';
import { heldBytes } from '@shared/datasets/held-bytes';
import { datasetRegistry } from '@shared/datasets/registry';
import { lower } from '@shared/network/lower';
import { memoryNeed } from '@shared/network/memory-need';
import type { Network } from '@shared/network/network';
import { findPreset } from '@shared/network/presets';
import { BATCHES_AHEAD } from '@shared/training/batches-ahead';
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

  it('counts the batches that are made ahead, as the network reads them', () => {
    const network = preset('mcn-20');
    const input = 32 * 32 * 4;
    expect(memoryNeed(network, 64, 'sgd').waiting).toBe(BATCHES_AHEAD * 64 * input * 4);
    const need = (batch: number): number => trainingBytes(network, sgd(batch), 'cpu-native');
    const { activations } = memoryNeed(network, 1, 'sgd');
    expect(need(2) - need(1)).toBeCloseTo(1.3 * activations + BATCHES_AHEAD * input * 4, 0);
  });

  it('tells of the data set beside, and of fewer images where it is what takes the memory', () => {
    const network = preset('mcn-20');
    const small = memoryProblem(network, sgd(4096), 'cpu-native', 2 * GIB, 180 * MIB)!;
    expect(small.message).toContain('beside the 189 MB of the data set');
    expect(small.fix).toMatch(/^Use a batch of at most \d+\.$/);
    const large = memoryProblem(network, sgd(4096), 'cpu-native', 2 * GIB, 3 * GIB)!;
    expect(large.fix).toMatch(/^Use a batch of at most \d+, or fewer images \(limitTrain\)\.$/);
  });

  it('knows what a run keeps of a data set: as much as is used of a small one, nothing of images in files', () => {
    const cifar = datasetRegistry.cifar10!;
    const all = { limitTrain: null, limitTest: null };
    expect(heldBytes(cifar, all)).toBe(60_000 * 3072);
    expect(heldBytes(cifar, { limitTrain: 1000, limitTest: 100 })).toBe(1100 * 3072);
    expect(heldBytes({ ...cifar, adapts: true }, all)).toBe(0);
    expect(heldBytes({ ...cifar, height: 224 }, all)).toBe(0);
  });

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
    expect(memoryProblem(preset('mcn-mnist'), sgd(128), 'cpu-native', 4 * GIB, 0)).toBeNull();
  });

  it('names the batch that fits where the asked one does not', () => {
    const network = preset('mcn-20');
    const problem = memoryProblem(network, sgd(4096), 'cpu-native', 2 * GIB, 0)!;
    expect(problem).toMatchObject({ code: 'memory-short', field: 'batchSize' });
    const batch = Number(/at most (\d+)/.exec(problem.fix!)![1]);
    expect(batch).toBe(largestBatch(network, 'sgd', 'cpu-native', 2 * GIB));
    expect(memoryProblem(network, sgd(batch), 'cpu-native', 2 * GIB, 0)).toBeNull();
    expect(memoryProblem(network, sgd(batch + 1), 'cpu-native', 2 * GIB, 0)).not.toBeNull();
  });

  it('knows where the heap of WebAssembly ends, however much memory there is', () => {
    const problem = memoryProblem(preset('mcn-28'), sgd(512), 'cpu-wasm', 64 * GIB, 0)!;
    expect(problem.message).toContain('WebAssembly ends at 4');
    expect(memoryProblem(preset('mcn-28'), sgd(512), 'cpu-native', 64 * GIB, 0)).toBeNull();
  });

  it('says so when not even one image fits', () => {
    expect(memoryProblem(preset('mcn-34'), sgd(1), 'cpu-native', 200 * MIB, 0)!.fix).toMatch(
      /Not even one image/,
    );
  });
});
