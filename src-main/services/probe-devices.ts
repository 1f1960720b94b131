import { DEVICE_NAMES, type DeviceName, type DeviceReport } from '@shared/contract/device';
import { StudioError, type Problem } from '@shared/problem';
import { runJob, type StartProcess } from './engine-process';

/** How long the trial of one device may take: some ten times what it takes. */
const PROBE_MILLISECONDS = 60_000;

const UPDATE = 'Update the driver and the libraries of this device, or compute on another one.';

/** What helps where the trial of a device ends its process, or never ends. */
const FIXES: Readonly<Record<DeviceName, string>> = {
  'cpu-native': 'Build the native kernels again: npm test -- native',
  'cpu-wasm': 'Install the packages again: "npm install" in the folder of the studio.',
  webgpu: UPDATE,
  tensorflow: UPDATE,
};

function unusable(name: DeviceName, reason: string, fix = FIXES[name]): DeviceReport {
  return {
    name,
    usable: false,
    description: name,
    identity: null,
    reason,
    fix,
    notNative: null,
    speed: null,
  };
}

const CLOSING: Problem = {
  code: 'studio-closing',
  message: 'The studio is closing and tries no more devices.',
  fix: 'Start it again.',
};

/** How devices are tried. */
export interface ProbeOptions {
  /** After which a trial is ended. */
  milliseconds?: number;
  /** Ends the trials. */
  signal?: AbortSignal;
  /** Nobody waits for them: what a person does meanwhile goes first. */
  aside?: boolean;
}

/**
 * Tries one device in a process of its own.
 * @throws StudioError studio-closing when `signal` ended it
 */
async function probeDevice(
  startProcess: StartProcess,
  device: DeviceName,
  { milliseconds = PROBE_MILLISECONDS, signal, aside = false }: ProbeOptions,
): Promise<DeviceReport> {
  const { result, cancel } = runJob(startProcess, { type: 'probe', device, aside }, 'device');
  const timer = setTimeout(cancel, milliseconds);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return (await result).report;
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    if (signal?.aborted) throw new StudioError(CLOSING, { cause: error });
    const { code, message, fix } = error.problem;
    if (code === 'cancelled')
      return unusable(device, `Its trial did not end within ${milliseconds / 1000} s.`);
    if (code === 'engine-died') return unusable(device, `Its trial failed. ${message}`);
    return unusable(device, message, fix);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

/**
 * Tries all compute devices, each in a process of its own, one after the other: they are measured, and would slow each other down.
 * A device whose trial crashes or hangs is one that cannot be used.
 * @throws StudioError studio-closing when `signal` ended them
 */
export async function probeDevices(
  startProcess: StartProcess,
  options: ProbeOptions = {},
): Promise<DeviceReport[]> {
  const reports: DeviceReport[] = [];
  for (const device of DEVICE_NAMES) {
    if (options.signal?.aborted) throw new StudioError(CLOSING);
    reports.push(await probeDevice(startProcess, device, options));
  }
  return reports;
}
