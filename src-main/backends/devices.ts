import type { DeviceName, DeviceReport } from '@shared/contract/device';
import { StudioError } from '@shared/problem';
import type { MeasuredSpeed } from '@shared/training/run-outlook';
import { activateWasm, wasmDescription } from './wasm/activate-wasm';

/** A device that this process computes on. */
export interface ActiveDevice {
  name: DeviceName;
  description: string;
}

/** A way to compute: `activate` makes it the backend of this process, or throws why it cannot. */
interface Provider {
  name: DeviceName;
  activate(): Promise<string>;
}

const providers: readonly Provider[] = [
  {
    name: 'cpu-wasm',
    activate: async () => {
      await activateWasm();
      return wasmDescription();
    },
  },
];

/** Names of the setting `device` that stand for the best of several. */
const CHOICES: Readonly<Record<string, readonly DeviceName[]>> = {
  auto: ['cpu-wasm'],
  cpu: ['cpu-wasm'],
};

/** Devices that the settings can name and this version has no provider for. */
const ABSENT: readonly { name: DeviceName; description: string }[] = [
  { name: 'cpu-native', description: 'CPU, native kernels' },
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

/**
 * Makes a device the one that this process computes on.
 * @param choice a value of the setting `device`; a device that is named and fails is an error, never another device
 * @throws StudioError device-absent, device-failed
 */
export async function activateDevice(choice: string): Promise<ActiveDevice> {
  const wanted = CHOICES[choice] ?? [choice];
  const provider = providers.find(({ name }) => wanted.includes(name));
  if (!provider) throw absent(choice);
  try {
    return { name: provider.name, description: await provider.activate() };
  } catch (error) {
    throw new StudioError(
      {
        code: 'device-failed',
        message: `The device ${provider.name} does not work here: ${(error as Error).message}.`,
        fix: 'Run "npm run mcn -- devices" to see what does.',
        field: 'device',
      },
      { cause: error },
    );
  }
}

async function probe(provider: Provider, measure: Measure): Promise<DeviceReport> {
  const { name } = provider;
  try {
    const description = await provider.activate();
    return { name, usable: true, description, reason: null, fix: null, speed: await measure() };
  } catch (error) {
    const reason = (error as Error).message;
    return { name, usable: false, description: name, reason, fix: null, speed: null };
  }
}

/** Measures the active device. */
type Measure = () => Promise<MeasuredSpeed>;

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
    speed: null,
  }));
  return [...found, ...missing];
}
