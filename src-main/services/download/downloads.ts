import { join } from 'node:path';
import type { DownloadOffer } from '@shared/contract/dataset-methods';
import { datasetDownloads, type DownloadFile } from '@shared/datasets/downloads';
import { datasetRegistry } from '@shared/datasets/registry';
import { datasetsHere } from '../dataset-places';
import type { Home } from '../home';
import { lengthOf, partPath } from './download-file';
import { downloadProblem } from './download-problem';
import { downloadBytes, downloadsOf, fetchDataset, unfinishedFolder } from './fetch-dataset';

export interface DownloadsOptions {
  home: Pick<Home, 'data' | 'datasets'>;
  /** Tells every window how far a download is. */
  onProgress(id: string, done: number, total: number): void;
  /** Tells every window that a download ended, one way or the other. */
  onChanged(): void;
  /** Where the sets are given away; those of the official addresses unless told otherwise. */
  table?: Readonly<Record<string, readonly DownloadFile[]>>;
}

/** At most so often a window is told of progress. */
const PROGRESS_MILLISECONDS = 100;

/** Downloads that windows ask for; each set is fetched once at a time, whoever asks. */
export class Downloads {
  readonly #running = new Map<string, { controller: AbortController; done: number }>();
  readonly #table: Readonly<Record<string, readonly DownloadFile[]>>;

  constructor(private readonly options: DownloadsOptions) {
    this.#table = options.table ?? datasetDownloads;
  }

  /** The sets that can be fetched and are not on this machine, with what of them was received already. */
  async offers(): Promise<DownloadOffer[]> {
    const { home } = this.options;
    const here = new Set((await datasetsHere(home)).map(({ name }) => name));
    const missing = Object.entries(this.#table).filter(([id]) => !here.has(id));
    return Promise.all(
      missing.map(async ([id, files]) => {
        const { name, source, license } = datasetRegistry[id]!;
        const running = this.#running.get(id);
        const done = running?.done ?? (await received(home, id, files));
        return {
          id,
          name,
          source,
          license,
          bytes: downloadBytes(files),
          done,
          running: running !== undefined,
        };
      }),
    );
  }

  /** Fetches a set; answers when it is there. @throws StudioError download-busy, download-cancelled, and those of fetchDataset */
  async fetch(id: string): Promise<void> {
    const files = this.#table[id] ?? downloadsOf(id);
    if (this.#running.has(id)) {
      throw downloadProblem('download-busy', `${datasetRegistry[id]!.name} is being fetched already.`);
    }
    const running = { controller: new AbortController(), done: 0 };
    this.#running.set(id, running);
    let toldAt = 0;
    const onProgress = (done: number, total: number): void => {
      running.done = done;
      const now = performance.now();
      if (done < total && now - toldAt < PROGRESS_MILLISECONDS) return;
      toldAt = now;
      this.options.onProgress(id, done, total);
    };
    try {
      await fetchDataset(this.options.home, id, { signal: running.controller.signal, onProgress }, files);
    } finally {
      this.#running.delete(id);
      this.options.onChanged();
    }
  }

  /** Ends a download and keeps what was received; nothing happens when there is none. */
  cancel(id: string): void {
    this.#running.get(id)?.controller.abort();
  }

  cancelAll(): void {
    for (const { controller } of this.#running.values()) controller.abort();
  }
}

/** Bytes of a set that lie in the home from a download that was cut. */
async function received(
  home: Pick<Home, 'data'>,
  id: string,
  files: readonly DownloadFile[],
): Promise<number> {
  const folder = unfinishedFolder(home, id);
  const lengths = await Promise.all(
    files.map(async ({ name }) => {
      const path = join(folder, name);
      return (await lengthOf(path)) || lengthOf(partPath(path));
    }),
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}
