import { cpus, totalmem } from 'node:os';
import type { DeviceIdentity } from '@shared/contract/device';

/** This machine's processor as a device. @param version of the software that computes on it */
export function cpuIdentity(version: string): DeviceIdentity {
  return {
    version,
    adapter: cpus()[0]?.model.trim() || process.arch,
    memory: totalmem(),
    software: false,
  };
}
