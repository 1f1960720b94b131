import type { DeviceName, DeviceReport, Fallback } from '@shared/contract/device';
import { StudioError } from '@shared/problem';
import type { MeasuredSpeed } from '@shared/training/run-outlook';
import { activateNative } from './cpu/activate-native';
import { stockKernels } from './cpu/register-kernels';
import type { StockKernels } from './cpu/stock-kernels';
import { activateWasm, wasmDescription } from './wasm/activate-wasm';

/** A device that this process computes on. */
export interface ActiveDevice {
  name: DeviceName;
  description: string;
  /** The better device that was to be taken and failed; null when this one was the first choice. */
  fellBack: Fallback | null;
}

/** A way to compute: `activate` makes it the backend of this process, or throws why it cannot. */
interface Provider {
  name: DeviceName;
  /** The device in words where it cannot be used, so that nothing more is known of it. */
  title: string;
  /** @param threads how many compute, where they can be chosen; 0: one for each core */
  activate(threads: number): Promise<string>;
  /** Kernels that it takes from a slower backend, as they run. */
  stock?: StockKernels;
}

/** The faster before the slower. */
const providers: readonly Provider[] = [
  { name: 'cpu-native', title: 'CPU, native kernels', activate: activateNative, stock: stockKernels },
  {
    name: 'cpu-wasm',
    title: 'CPU, WebAssembly',
    activate: async () => {
      await activateWasm();
      return wasmDescription();
    },
  },
];

/** Names of the setting `device` that stand for the best of several. */
const CHOICES: Readonly<Record<string, readonly DeviceName[]>> = {
  auto: ['cpu-native', 'cpu-wasm'],
  cpu: ['cpu-native', 'cpu-wasm'],
};

/** Devices that the settings can name and this version has no provider for. */
const ABSENT: readonly { name: DeviceName; description: string }[] = [
  { name: 'webgpu', description: 'GPU through WebGPU' },
  { name: 'tensorflow', description: 'GPU through TensorFlow and CUDA' },
];

function absent(name: string): StudioError {
  return new StudioError({
    code: 'device-absent',
    message: `The device ${name} is not part of this version of MCN Studio.`,
    fix: `Use ${providers.map((provider) => provider.name).join(' or ')}, or auto.`,
    field: 'device',
  });
}

/** Why a device cannot be used, as sentences, and the way out. */
function whyNot(error: unknown): { reason: string; fix: string | null } {
  if (error instanceof StudioError) return { reason: error.problem.message, fix: error.problem.fix ?? null };
  return { reason: (error as Error).message, fix: null };
}

function unusable(name: DeviceName, error: unknown): StudioError {
  const { reason, fix } = whyNot(error);
  return new StudioError(
    {
      code: 'device-failed',
      message: `The device ${name} does not work here. ${reason}`,
      fix: fix ?? 'Run "npm run mcn -- devices" to see what does.',
      field: 'device',
    },
    { cause: error },
  );
}

/**
 * Makes a device the one that this process computes on. A choice of several takes the first that works, and says when it was not the
 * first of all; a device that is named and fails is an error, never another device.
 * @param choice a value of the setting `device`
 * @param threads how many compute, where they can be chosen; 0: one for each core
 * @throws StudioError device-absent, device-failed
 */
export async function activateDevice(choice: string, threads = 0): Promise<ActiveDevice> {
  const wanted = CHOICES[choice] ?? [choice];
  const candidates = providers.filter(({ name }) => wanted.includes(name));
  let fellBack: Fallback | null = null;
  let failure = absent(choice);
  for (const { name, activate } of candidates) {
    try {
      return { name, description: await activate(threads), fellBack };
    } catch (error) {
      failure = unusable(name, error);
      fellBack ??= { from: name, ...whyNot(error) };
    }
  }
  throw failure;
}

/** Measures the active device; calls back before every step. */
type Measure = (beforeStep: () => void) => Promise<MeasuredSpeed>;

async function probe({ name, title, activate, stock }: Provider, measure: Measure): Promise<DeviceReport> {
  try {
    const description = await activate(0);
    const speed = await measure(() => stock?.clear());
    const notNative = stock?.names() ?? null;
    return { name, usable: true, description, reason: null, fix: null, notNative, speed };
  } catch (error) {
    return { name, usable: false, description: title, ...whyNot(error), notNative: null, speed: null };
  }
}

/** Tries and measures every device in turn; run it in a process of its own. */
export async function probeDevices(measure: Measure): Promise<DeviceReport[]> {
  const found: DeviceReport[] = [];
  for (const provider of providers) found.push(await probe(provider, measure));
  const missing = ABSENT.map(({ name, description }): DeviceReport => ({
    name,
    usable: false,
    description,
    reason: 'Not part of this version.',
    fix: null,
    notNative: null,
    speed: null,
  }));
  return [...found, ...missing];
}
