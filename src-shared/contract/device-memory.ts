import type { Network } from '../network/network';
import { memoryNeed } from '../network/memory-need';
import type { Problem } from '../problem';
import type { TrainingSettings } from '../training/settings';
import { formatBytes } from '../words/format-bytes';
import type { DeviceName } from './device';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/**
 * How much more a device takes than what gradients need, measured on the presets with batches of 16 to 128: memory that waits to be used
 * again, copies that its kernels make, and the program itself. Rather too much than too little.
 */
const COSTS: Readonly<Record<DeviceName, { factor: number; program: number }>> = {
  'cpu-native': { factor: 1.3, program: 130 * MIB },
  'cpu-wasm': { factor: 2, program: 120 * MIB },
  webgpu: { factor: 1.3, program: 130 * MIB },
  tensorflow: { factor: 1.3, program: 130 * MIB },
};

/** The heap of WebAssembly ends here, whatever the machine has. */
const WASM_BYTES = 4 * GIB;

/** The settings that memory depends on. */
export type MemorySettings = Pick<TrainingSettings, 'batchSize' | 'optimizer'>;

/** Bytes that training a network on a device takes, about. */
export function trainingBytes(
  network: Network,
  { batchSize, optimizer }: MemorySettings,
  device: DeviceName,
): number {
  const { weights, activations } = memoryNeed(network, batchSize, optimizer);
  const { factor, program } = COSTS[device];
  return program + factor * (weights + activations);
}

/** What a device can use of a machine's free bytes. */
function usableBytes(device: DeviceName, free: number): number {
  return device === 'cpu-wasm' ? Math.min(free, WASM_BYTES) : free;
}

/** The largest batch that fits; 0 when not even one image does. */
export function largestBatch(
  network: Network,
  optimizer: MemorySettings['optimizer'],
  device: DeviceName,
  free: number,
): number {
  const fixed = trainingBytes(network, { batchSize: 0, optimizer }, device);
  const perImage = trainingBytes(network, { batchSize: 1, optimizer }, device) - fixed;
  return Math.max(0, Math.floor((usableBytes(device, free) - fixed) / perImage));
}

/**
 * Why a run would not fit into memory, and the batch that would; null when it fits.
 * @param free bytes that the machine could still give
 */
export function memoryProblem(
  network: Network,
  settings: MemorySettings,
  device: DeviceName,
  free: number,
): Problem | null {
  const need = trainingBytes(network, settings, device);
  const usable = usableBytes(device, free);
  if (need <= usable) return null;
  const fitting = largestBatch(network, settings.optimizer, device, free);
  const place = device === 'cpu-wasm' && usable === WASM_BYTES ? 'WebAssembly ends at' : 'there are';
  return {
    code: 'memory-short',
    message: `A batch of ${settings.batchSize} needs about ${formatBytes(need)} of memory, and ${place} ${formatBytes(usable)}.`,
    fix:
      fitting > 0
        ? `Use a batch of at most ${fitting}.`
        : 'Not even one image fits: use smaller maps or images, or free memory.',
    field: 'batchSize',
  };
}
