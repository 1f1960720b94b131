import type { DeviceReport } from '@shared/contract/device';
import type { StartProcess } from './engine-process';
import { probeDevices } from './probe-devices';

/** Compute devices of this machine, probed once. */
export class Devices {
  #found: Promise<DeviceReport[]> | null = null;
  readonly #ending = new AbortController();

  constructor(private readonly startProcess: StartProcess) {}

  list(): Promise<DeviceReport[]> {
    this.#found ??= probeDevices(this.startProcess, undefined, this.#ending.signal);
    return this.#found;
  }

  /** Ends a trial that is going on: the studio would wait for it. */
  close(): void {
    this.#ending.abort();
  }
}
