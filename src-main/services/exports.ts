import { readFile } from 'node:fs/promises';
import { basename, join, relative, resolve, isAbsolute } from 'node:path';
import type { CheckpointChoice, Exported, Proof } from '@shared/contract/engine-job';
import { PACKED_SUFFIX } from '@shared/packed/packed-model';
import { StudioError } from '@shared/problem';
import { readManifest } from '../run-folder/manifest';
import { runPaths } from '../run-folder/run-paths';
import { runJob, type StartProcess } from './engine-process';
import type { Runs } from './runs';
import { slug } from '@shared/words/slug';
import { makeFolder } from '../files/make-folder';

/** Exports of runs and their proofs; each run does one at a time. */
export class Exports {
  readonly #busy = new Map<string, () => void>();

  constructor(
    private readonly runs: Runs,
    private readonly startProcess: StartProcess,
    private readonly resourcesDir: string,
    private readonly onProgress: (run: string, done: number, total: number) => void,
  ) {}

  /** Writes the packed model of a checkpoint into the run's exports folder. @throws StudioError export-busy, and what the engine reports */
  async packed(run: string, checkpoint: CheckpointChoice): Promise<Exported> {
    const runDir = await this.runs.directory(run);
    const { name } = await readManifest(runDir);
    const { exports } = runPaths(runDir);
    await makeFolder(exports);
    const out = join(exports, `${slug(name, 'model')}-${checkpoint}${PACKED_SUFFIX}`);
    return this.#only(run, () =>
      runJob(this.startProcess, { type: 'export', runDir, checkpoint, format: 'packed', out }, 'exported'),
    );
  }

  /** Compares an exported file with the checkpoint of the step that it was made of. @throws StudioError export-busy, export-unknown, and what the engine reports */
  async prove(run: string, step: number, path: string): Promise<Proof> {
    const runDir = await this.runs.directory(run);
    const file = inside(runPaths(runDir).exports, path);
    const { resourcesDir } = this;
    return this.#only(run, () =>
      runJob(
        this.startProcess,
        { type: 'prove', runDir, step, file, resourcesDir },
        'proved',
        (done, total) => {
          this.onProgress(run, done, total);
        },
      ),
    );
  }

  /** Ends what a run is busy with; nothing happens when it is not. */
  cancel(run: string): void {
    this.#busy.get(run)?.();
  }

  /** Ends whatever any run is busy with. */
  cancelAll(): void {
    for (const cancel of this.#busy.values()) cancel();
  }

  /** Bytes of an exported file. @throws StudioError export-unknown */
  async read(run: string, path: string): Promise<{ name: string; bytes: Uint8Array }> {
    const file = inside(runPaths(await this.runs.directory(run)).exports, path);
    try {
      return { name: basename(file), bytes: new Uint8Array(await readFile(file)) };
    } catch {
      throw unknown(path);
    }
  }

  async #only<T>(run: string, begin: () => { result: Promise<T>; cancel(): void }): Promise<T> {
    if (this.#busy.has(run)) {
      throw new StudioError({
        code: 'export-busy',
        message: 'This run is busy with another export.',
        fix: 'Wait until it is done, or cancel it.',
      });
    }
    const { result, cancel } = begin();
    this.#busy.set(run, cancel);
    try {
      return await result;
    } finally {
      this.#busy.delete(run);
    }
  }
}

/** A path that lies in a folder. @throws StudioError export-unknown when it does not */
function inside(folder: string, path: string): string {
  const file = resolve(folder, path);
  const way = relative(folder, file);
  if (way === '' || way.startsWith('..') || isAbsolute(way)) throw unknown(path);
  return file;
}

function unknown(path: string): StudioError {
  return new StudioError({
    code: 'export-unknown',
    message: `${path} is no export of this run.`,
    fix: 'Export the model again.',
    path,
  });
}
