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

/** The device that a run computes on. Its notices may be of an earlier process, which had another device. */
export function deviceOfRun(
  { device, deviceDescription }: Pick<PlanEvent, 'device' | 'deviceDescription'>,
  notices: RunHistory['notices'],
): DeviceStatus {
  const fellBack =
    device !== 'cpu-native' && notices.some(({ problem }) => problem.code === DEVICE_FELL_BACK);
  return fellBack ? slower(deviceDescription) : { text: deviceDescription, good: true };
}

/** The device that the next run takes unless it names one. */
export function bestDevice(reports: readonly DeviceReport[]): DeviceStatus {
  const best = automaticDevice(reports);
  if (!best) return { text: 'No device can compute', good: false };
  const native = reports.find(({ name }) => name === 'cpu-native');
  return best.name === 'cpu-wasm' && native?.usable === false
    ? slower(best.description)
    : { text: best.description, good: true };
}

/** One device in a line: what it is, and why it cannot be used. */
export function reportText({ description, usable, reason, fix }: DeviceReport): string {
  if (usable) return `${description}: usable`;
  return `${description}: ${[reason ?? 'not usable', fix].filter((text) => text !== null).join(' ')}`;
}
