import { cpus } from 'node:os';
import { z } from 'zod';
import { automaticDevice } from '@shared/contract/automatic-device';
import { CPU_DEVICES, deviceReportSchema, type DeviceName, type DeviceReport } from '@shared/contract/device';
import { atomicWrite } from '../files/atomic-write';
import { makeFolder } from '../files/make-folder';
import { readJson } from '../files/read-json';
import type { Home } from './home';

const measuredSchema = z.object({
  /** What the speeds hold for: versions and machine. */
  madeFor: z.record(z.string(), z.string()),
  reports: z.array(deviceReportSchema),
});

/** Versions of what computes. */
type Versions = Readonly<Record<string, string>>;

function here(versions: Versions): Record<string, string> {
  const processors = cpus();
  return {
    ...versions,
    processor: `${processors[0]?.model.trim() ?? process.arch}, ${processors.length} cores`,
  };
}

/** Remembers what the trials of all devices found, for runs whose device is `auto`. */
export async function rememberDevices(
  home: Home,
  versions: Versions,
  reports: readonly DeviceReport[],
): Promise<void> {
  await makeFolder(home.dir);
  const text = JSON.stringify({ madeFor: here(versions), reports }, null, 2);
  await atomicWrite(home.measuredDevices, `${text}\n`);
}

/**
 * The GPU that was measured to be faster than the CPU, by these versions on this machine; null where none was, and where nothing is
 * remembered or it cannot be read: `auto` means the CPU then.
 */
export async function fasterGpu(home: Home, versions: Versions): Promise<DeviceName | null> {
  const parsed = measuredSchema.safeParse(await readJson(home.measuredDevices).catch(() => undefined));
  if (!parsed.success) return null;
  const now = Object.entries(here(versions));
  if (!now.every(([what, version]) => parsed.data.madeFor[what] === version)) return null;
  const name = automaticDevice(parsed.data.reports)?.name ?? null;
  return name !== null && CPU_DEVICES.includes(name) ? null : name;
}
