import { setImmediate } from 'node:timers/promises';
import type { RunCommand } from '@shared/contract/engine-job';

/** What a running session was told, until it gets to it. */
export class Commands {
  #paused = false;
  #stopping = false;
  #checkpoint = false;
  #wake: (() => void) | null = null;

  get paused(): boolean {
    return this.#paused && !this.#stopping;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  give(command: RunCommand): void {
    if (command === 'pause') this.#paused = true;
    if (command === 'resume') this.#paused = false;
    if (command === 'stop') this.#stopping = true;
    if (command === 'checkpoint') this.#checkpoint = true;
    if (command === 'resume' || command === 'stop') this.#wake?.();
  }

  /** Whether a checkpoint was asked for since the last call. */
  takeCheckpoint(): boolean {
    const asked = this.#checkpoint;
    this.#checkpoint = false;
    return asked;
  }

  /** Lets messages arrive: the loop itself never waits for anything else. */
  async breathe(): Promise<void> {
    await setImmediate();
  }

  /** Resolves when the pause ends, be it by resume or by stop. */
  async untilResumed(): Promise<void> {
    if (!this.paused) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = null;
  }
}
