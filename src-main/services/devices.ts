import type { DeviceReport } from '@shared/contract/device';
import type { StartProcess } from './engine-process';
import type { Home } from './home';
import { rememberDevices } from './measured-devices';
import { probeDevices } from './probe-devices';

/** Compute devices of this machine, probed once, and remembered for the runs that leave the choice to the studio. */
export class Devices {
  #found: Promise<DeviceReport[]> | null = null;
  readonly #ending = new AbortController();

  constructor(
    private readonly startProcess: StartProcess,
    private readonly home: Home,
    private readonly versions: Readonly<Record<string, string>>,
  ) {}

  list(): Promise<DeviceReport[]> {
    this.#found ??= this.#probe();
    return this.#found;
  }

  /** Ends a trial that is going on: the studio would wait for it. */
  close(): void {
    this.#ending.abort();
  }

  async #probe(): Promise<DeviceReport[]> {
    const reports = await probeDevices(this.startProcess, { signal: this.#ending.signal, aside: true });
    // A convenience: where the home cannot be written, the window shows them all the same, and auto means the CPU.
    await rememberDevices(this.home, this.versions, reports).catch(() => undefined);
    return reports;
  }
}
