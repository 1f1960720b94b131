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

/** Bytes on the device, the program with its kernels included, and of batches that wait beside it. */
function needOf(
  network: Network,
  { batchSize, optimizer }: MemorySettings,
  device: DeviceName,
): { device: number; waiting: number } {
  const { weights, activations, waiting } = memoryNeed(network, batchSize, optimizer);
  const { factor, program } = COSTS[device];
  return { device: program + factor * (weights + activations), waiting };
}

/** Bytes that training a network on a device takes, about, without the data set. */
export function trainingBytes(network: Network, settings: MemorySettings, device: DeviceName): number {
  const need = needOf(network, settings, device);
  return need.device + need.waiting;
}

/** The largest batch that fits; 0 when not even one image does. */
export function largestBatch(
  network: Network,
  optimizer: MemorySettings['optimizer'],
  device: DeviceName,
  free: number,
): number {
  const fixed = needOf(network, { batchSize: 0, optimizer }, device).device;
  const one = needOf(network, { batchSize: 1, optimizer }, device);
  const perImage = one.device - fixed;
  const fitting = (free - fixed) / (perImage + one.waiting);
  const inHeap = device === 'cpu-wasm' ? (WASM_BYTES - fixed) / perImage : Infinity;
  return Math.max(0, Math.floor(Math.min(fitting, inHeap)));
}

/** What a person can change; fewer images help where the set is what takes the memory. */
function wayOut(fitting: number, held: number, free: number): string {
  const fewer = held > free ? ', or fewer images (limitTrain)' : '';
  if (fitting > 0) return `Use a batch of at most ${fitting}${fewer}.`;
  return `Not even one image fits: use smaller maps or images${fewer}, or free memory.`;
}

/**
 * Why a run would not fit into memory, and the batch that would; null when it fits.
 * @param free bytes that the machine could still give
 * @param held bytes of the data set, which are in memory by now and not among the free ones
 */
export function memoryProblem(
  network: Network,
  settings: MemorySettings,
  device: DeviceName,
  free: number,
  held: number,
): Problem | null {
  const need = needOf(network, settings, device);
  const total = need.device + need.waiting;
  const pastHeap = device === 'cpu-wasm' && need.device > WASM_BYTES;
  if (total <= free && !pastHeap) return null;
  const beside = held > 0 ? ` beside the ${formatBytes(held)} of the data set` : '';
  const found = pastHeap
    ? `WebAssembly ends at ${formatBytes(WASM_BYTES)}`
    : `there are ${formatBytes(free)}${beside}`;
  return {
    code: 'memory-short',
    message: `A batch of ${settings.batchSize} needs about ${formatBytes(pastHeap ? need.device : total)} of memory, and ${found}.`,
    fix: wayOut(largestBatch(network, settings.optimizer, device, free), held, free),
    field: 'batchSize',
  };
}
