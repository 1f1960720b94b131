import type { DeviceReport } from '@shared/contract/device';
import type { StartProcess } from './engine-process';
import { probeDevices } from './probe-devices';

/** Compute devices of this machine, probed once. */
export class Devices {
  #found: Promise<DeviceReport[]> | null = null;

  constructor(private readonly startProcess: StartProcess) {}

  list(): Promise<DeviceReport[]> {
    this.#found ??= probeDevices(this.startProcess);
    return this.#found;
  }
}
