import { join, resolve } from 'node:path';
import type { InspectedData } from '@shared/contract/dataset-methods';
import type { ClientId } from '@shared/contract/studio-api';
import { datasetRegistry } from '@shared/datasets/registry';
import { StudioError } from '@shared/problem';
import { runJob, type StartProcess } from './engine-process';
import type { Home } from './home';
import { rememberDataset } from './registered-datasets';

/** Looks at data sets that a person chose, each in a process of its own, and remembers those that are wanted. */
export class DatasetInspections {
  /** How to end what each window has looked at. */
  readonly #running = new Map<ClientId, () => void>();
  /** What was found, by place. */
  readonly #found = new Map<string, InspectedData>();

  constructor(
    private readonly home: Home,
    private readonly startProcess: StartProcess,
    private readonly resourcesDir: string,
  ) {}

  /** Looks at a folder or an archive; one at a time for each window. @throws StudioError cancelled, and why the set is refused */
  async inspect(client: ClientId, given: string): Promise<InspectedData> {
    const place = resolve(given);
    this.cancel(client);
    const job = { type: 'inspect-data' as const, place, resourcesDir: this.resourcesDir };
    const { result, cancel } = runJob(this.startProcess, job, 'inspected-data');
    this.#running.set(client, cancel);
    try {
      const found = await result;
      this.#found.set(place, found);
      return found;
    } finally {
      if (this.#running.get(client) === cancel) this.#running.delete(client);
    }
  }

  cancel(client: ClientId): void {
    this.#running.get(client)?.();
    this.#running.delete(client);
  }

  cancelAll(): void {
    for (const client of [...this.#running.keys()]) this.cancel(client);
  }

  /**
   * Remembers a set that was looked at; returns the id by which projects name it.
   * @throws StudioError dataset-not-inspected, those of atomicWrite
   */
  async add(given: string): Promise<string> {
    const place = resolve(given);
    const found = this.#found.get(place);
    if (!found) {
      throw new StudioError({
        code: 'dataset-not-inspected',
        message: `${place} was not looked at yet.`,
        fix: 'Choose it again.',
        path: place,
      });
    }
    // The known sets are found by their name where the home has them.
    const known = Object.keys(datasetRegistry).find((name) => join(this.home.data, name) === place);
    if (known !== undefined) return known;
    await rememberDataset(this.home, { place, kind: found.kind, description: found.description });
    return place;
  }
}
