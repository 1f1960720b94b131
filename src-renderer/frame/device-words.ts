import { automaticDevice } from '@shared/contract/automatic-device';
import { DEVICE_FELL_BACK, type DeviceReport } from '@shared/contract/device';
import type { PlanEvent } from '@shared/training/engine-event';
import type { RunHistory } from '@shared/training/run-history';

/** A device as the status bar shows it; good when it is the first choice and computes. */
export interface DeviceStatus {
  text: string;
  good: boolean;
}

function slower(description: string): DeviceStatus {
  return { text: `${description} (native kernels missing)`, good: false };
}

function lacksNative(reports: readonly DeviceReport[] | null): boolean {
  return reports?.find(({ name }) => name === 'cpu-native')?.usable === false;
}

/**
 * The device that a run computes on. That it took WebAssembly in place of the native kernels is said while those are missing; a run that
 * began so stays with it, for the sake of its bits, when they are there again.
 */
export function deviceOfRun(
  { device, deviceDescription }: Pick<PlanEvent, 'device' | 'deviceDescription'>,
  notices: RunHistory['notices'],
  reports: readonly DeviceReport[] | null,
): DeviceStatus {
  const fellBack = notices.some(({ problem }) => problem.code === DEVICE_FELL_BACK);
  return device === 'cpu-wasm' && fellBack && lacksNative(reports)
    ? slower(deviceDescription)
    : { text: deviceDescription, good: true };
}

/** The device that the next run takes unless it names one. */
export function bestDevice(reports: readonly DeviceReport[]): DeviceStatus {
  const best = automaticDevice(reports);
  if (!best) return { text: 'No device can compute', good: false };
  return best.name === 'cpu-wasm' && lacksNative(reports)
    ? slower(best.description)
    : { text: best.description, good: true };
}

/** One device in a line: what it is, and why it cannot be used. */
export function reportText({ description, usable, reason, fix }: DeviceReport): string {
  if (usable) return `${description}: usable`;
  return `${description}: ${[reason ?? 'not usable', fix].filter((text) => text !== null).join(' ')}`;
}
