import {
  CPU_DEVICES,
  type DeviceIdentity,
  type DeviceName,
  type DeviceReport,
  type Fallback,
} from '@shared/contract/device';
import { StudioError } from '@shared/problem';
import type { MeasuredSpeed } from '@shared/training/run-outlook';
import type { Provider } from './provider';
import { providers } from './providers';

/** A device that this process computes on. */
export interface ActiveDevice {
  name: DeviceName;
  description: string;
  identity: DeviceIdentity;
  /** The better device that was to be taken and failed; null when this one was the first choice. */
  fellBack: Fallback | null;
}

/** Names of the setting `device` that stand for the best of several. */
const CHOICES: Readonly<Record<string, readonly DeviceName[]>> = {
  auto: CPU_DEVICES,
  cpu: CPU_DEVICES,
};

function unknownDevice(name: string): StudioError {
  return new StudioError({
    code: 'device-unknown',
    message: `There is no device ${name}.`,
    fix: `Use ${providers.map((provider) => provider.name).join(', ')}, cpu or auto.`,
    field: 'device',
  });
}

/** Why a device cannot be used, as sentences, and the way out. */
function whyNot(error: unknown): { reason: string; fix: string | null } {
  if (error instanceof StudioError) return { reason: error.problem.message, fix: error.problem.fix ?? null };
  return { reason: (error as Error).message, fix: null };
}

/** A GPU that was there when it was measured and is not any more. */
function onlySoftware(adapter: string): StudioError {
  return new StudioError({
    code: 'software-adapter',
    message: `All that is left of it is a GPU imitated in software (${adapter}), which is taken only when it is named.`,
    fix: 'Install the driver of your GPU again.',
  });
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

/** The devices that a choice stands for, in the order in which they are tried. */
function candidatesOf(choice: string, preferred: DeviceName | null): Provider[] {
  const several = CHOICES[choice];
  const wanted: readonly string[] = several ?? [choice];
  const first = several && preferred && (choice === 'auto' || wanted.includes(preferred)) ? [preferred] : [];
  return [...new Set([...first, ...wanted])].flatMap(
    (name) => providers.find((own) => own.name === name) ?? [],
  );
}

/**
 * Makes a device the one that this process computes on. A choice of several takes the first that works, and says when it was not the
 * first of all; it never takes a GPU imitated in software. A device that is named and fails is an error, never another device.
 * @param choice a value of the setting `device`
 * @param threads how many compute, where they can be chosen; 0: one for each core
 * @param preferred the one to be tried first where the choice is one of several and leaves it open
 * @throws StudioError device-unknown, device-failed
 */
export async function activateDevice(
  choice: string,
  threads = 0,
  preferred: DeviceName | null = null,
): Promise<ActiveDevice> {
  const candidates = candidatesOf(choice, preferred);
  let fellBack: Fallback | null = null;
  let failure = unknownDevice(choice);
  for (const { name, activate } of candidates) {
    try {
      const { description, identity } = await activate(threads);
      if (identity.software && name !== choice) throw onlySoftware(identity.adapter);
      return { name, description, identity, fellBack };
    } catch (error) {
      failure = unusable(name, error);
      fellBack ??= { from: name, ...whyNot(error) };
    }
  }
  throw failure;
}

/** Measures the active device; calls back before every step. */
type Measure = (beforeStep: () => void) => Promise<MeasuredSpeed>;

/** Tries and measures one device; run it in a process of its own, which may well end in it. Software adapters are tried only. */
export async function probeDevice(device: DeviceName, measure: Measure): Promise<DeviceReport> {
  const { name, title, activate } = providers.find((provider) => provider.name === device)!;
  try {
    const { description, identity, stock } = await activate(0);
    const speed = identity.software ? null : await measure(() => stock?.clear());
    const notNative = stock ? stock.names() : null;
    return { name, usable: true, description, identity, reason: null, fix: null, notNative, speed };
  } catch (error) {
    return unusableReport(name, title, whyNot(error));
  }
}

function unusableReport(
  name: DeviceName,
  description: string,
  why: { reason: string; fix: string | null },
): DeviceReport {
  return { name, usable: false, description, identity: null, ...why, notNative: null, speed: null };
}
