import type { DeviceReport } from '@shared/contract/device';
import { runJob, type StartProcess } from './engine-process';

/** Compute devices of this machine, probed once in a process of its own. */
export class Devices {
  #found: Promise<DeviceReport[]> | null = null;

  constructor(private readonly startProcess: StartProcess) {}

  /** @throws StudioError engine-died; the next call tries again then */
  async list(): Promise<DeviceReport[]> {
    this.#found ??= runJob(this.startProcess, { type: 'probe' }, 'devices').result.then(
      ({ devices }) => devices,
    );
    try {
      return await this.#found;
    } catch (error) {
      this.#found = null;
      throw error;
    }
  }
}
