import type { DeviceName } from '@shared/contract/device';
import type { RunCommand } from '@shared/contract/engine-job';
import type { RunSummary } from '@shared/contract/run-summary';
import type { ClientId, NotificationOf, ParamsOf, RunSnapshot, StartRun } from '@shared/contract/studio-api';
import { StudioError } from '@shared/problem';
import type { TrainEvent } from '@shared/training/engine-event';
import type { RunHistory } from '@shared/training/run-history';
import { emptyHistory, foldEvent } from '@shared/training/run-history';
import { readManifest, readRunDefinition, type Manifest } from '../run-folder/manifest';
import { readHistory } from '../run-folder/read-history';
import { lockOwner } from '../run-folder/run-lock';
import { createRun } from './create-run';
import type { StartProcess } from './engine-process';
import { forkRun } from './fork-run';
import type { Home } from './home';
import { LiveRun } from './live-run';
import { fasterGpu } from './measured-devices';
import { listRuns, summarize } from './run-summaries';

const SUMMARY_MILLISECONDS = 500;

export interface RunsOptions {
  home: Home;
  resourcesDir: string;
  startProcess: StartProcess;
  versions: Readonly<Record<string, string>>;
  /** Tells one client. */
  tell(client: ClientId, event: NotificationOf<'run.event'>): void;
  /** Tells every client. */
  announce(summary: RunSummary): void;
}

interface Live {
  run: LiveRun;
  manifest: Manifest;
  announcedAt: number;
}

/** All runs: those on disk, and those that a process of this studio trains. */
export class Runs {
  readonly #live = new Map<string, Live>();
  readonly #subscribers = new Map<string, Set<ClientId>>();
  /** Number of the last event of each run; it only rises, also over several processes of one run. */
  readonly #sequences = new Map<string, number>();
  #closing = false;

  constructor(private readonly options: RunsOptions) {}

  /** Runs being trained by this studio. */
  get busy(): number {
    return this.#live.size;
  }

  async list(): Promise<RunSummary[]> {
    const found = await listRuns(this.options.home);
    return found.map((summary) => {
      const live = this.#live.get(summary.id);
      return live ? summarize(summary.dir, live.manifest, live.run.history) : summary;
    });
  }

  /** Makes a run and starts training it. @throws StudioError as createRun does */
  async start(request: StartRun): Promise<string> {
    const { home, versions } = this.options;
    const { id, dir } = await createRun(request, { home, out: null, versions });
    this.#launch(dir, await readManifest(dir), emptyHistory(), await fasterGpu(home, versions));
    return id;
  }

  /** Makes a fork of a run and starts training it. @throws StudioError run-unknown, and those of forkRun */
  async fork({ run, checkpoint, name, settings }: ParamsOf<'runs.fork'>): Promise<string> {
    const { home, versions } = this.options;
    const runDir = await this.directory(run);
    const { id, dir } = await forkRun({ runDir, checkpoint, name, settings }, { home, out: null, versions });
    this.#launch(dir, await readManifest(dir), await readHistory(dir, true), await fasterGpu(home, versions));
    return id;
  }

  /** Goes on from the last checkpoint. @throws StudioError run-unknown, run-busy, run-locked, run-done */
  async resume(id: string): Promise<string> {
    if (this.#live.has(id)) throw busy(id);
    const dir = await this.directory(id);
    const owner = await lockOwner(dir);
    if (owner) throw busy(id, `process ${owner.pid}`);
    const manifest = await readManifest(dir);
    const history = await readHistory(dir, true);
    const gpu = await fasterGpu(this.options.home, this.options.versions);
    if (history.state === 'finished') {
      throw new StudioError({
        code: 'run-done',
        message: `${manifest.name} is done: all of its ${manifest.settings.epochs} epochs are trained.`,
        fix: 'Start a new run with more epochs.',
      });
    }
    // Asked again: another window may have resumed it while the files were read.
    if (this.#live.has(id)) throw busy(id);
    this.#launch(dir, manifest, history, gpu);
    return id;
  }

  /** @throws StudioError run-not-running */
  command(id: string, command: RunCommand): void {
    const live = this.#live.get(id);
    if (live) {
      live.run.command(command);
      return;
    }
    throw new StudioError({
      code: 'run-not-running',
      message: `Run ${id} is not being trained by this studio.`,
      fix: 'Resume it first.',
    });
  }

  /** Answers with all that is known; later events follow until {@link unsubscribe}. @throws StudioError run-unknown, run-invalid */
  async subscribe(id: string, client: ClientId): Promise<RunSnapshot> {
    const dir = await this.directory(id);
    const definition = await readRunDefinition(dir);
    const fromDisk = this.#live.has(id) ? null : await readHistory(dir, true);
    // From here on without waiting, so that no event falls between snapshot and subscription.
    const history = this.#live.get(id)?.run.history ?? fromDisk ?? emptyHistory();
    const clients = this.#subscribers.get(id) ?? new Set();
    this.#subscribers.set(id, clients.add(client));
    return {
      summary: summarize(dir, definition.manifest, history),
      document: definition.document,
      network: definition.network,
      settings: definition.manifest.settings,
      sequence: this.#sequences.get(id) ?? 0,
      plan: history.plan,
      metrics: history.metrics.rows(),
      epochs: [...history.epochs],
      centers: [...history.centers],
      checkpoints: [...history.checkpoints],
      notices: [...history.notices],
      filters: history.filters,
      finished: history.finished,
      failure: history.failure,
    };
  }

  unsubscribe(id: string, client: ClientId): void {
    this.#subscribers.get(id)?.delete(client);
  }

  /** Ends all subscriptions of a client. */
  forget(client: ClientId): void {
    for (const clients of this.#subscribers.values()) clients.delete(client);
  }

  /** Folder of a run. @throws StudioError run-unknown */
  async directory(id: string): Promise<string> {
    const live = this.#live.get(id);
    if (live) return live.run.dir;
    const found = (await listRuns(this.options.home)).find((summary) => summary.id === id);
    if (found) return found.dir;
    throw new StudioError({
      code: 'run-unknown',
      message: `There is no run "${id}".`,
      fix: 'It may have been moved or deleted; choose another one.',
    });
  }

  /** Tells every training process to write a checkpoint and end; resolves when all are gone. No run starts from then on. */
  async stopAll(): Promise<void> {
    this.#closing = true;
    for (const { run } of this.#live.values()) run.command('stop');
    while (this.#live.size > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** @throws StudioError studio-closing */
  #launch(dir: string, manifest: Manifest, history: RunHistory, gpu: DeviceName | null): void {
    if (this.#closing) {
      throw new StudioError({
        code: 'studio-closing',
        message: 'The studio is closing and trains no more.',
        fix: 'Start it again, then resume the run.',
      });
    }
    const { startProcess, resourcesDir } = this.options;
    const { id } = manifest;
    const run = new LiveRun(
      startProcess,
      { type: 'train', runDir: dir, resourcesDir, gpu },
      history,
      (event) => {
        this.#publish(id, event);
      },
      () => {
        this.#announce(id);
        this.#live.delete(id);
      },
    );
    this.#live.set(id, { run, manifest, announcedAt: 0 });
    // Said at once: until the process says so itself, a window would still offer to resume.
    const preparing: TrainEvent = { type: 'state', state: 'preparing', step: history.step };
    foldEvent(history, preparing);
    this.#publish(id, preparing);
  }

  #publish(run: string, event: TrainEvent): void {
    const sequence = (this.#sequences.get(run) ?? 0) + 1;
    this.#sequences.set(run, sequence);
    for (const client of this.#subscribers.get(run) ?? [])
      this.options.tell(client, { run, sequence, event });
    const live = this.#live.get(run);
    const often = event.type === 'steps' || event.type === 'filters';
    if (live && (!often || performance.now() - live.announcedAt >= SUMMARY_MILLISECONDS)) this.#announce(run);
  }

  #announce(id: string): void {
    const live = this.#live.get(id);
    if (!live) return;
    live.announcedAt = performance.now();
    this.options.announce(summarize(live.run.dir, live.manifest, live.run.history));
  }
}

function busy(id: string, who = 'this studio'): StudioError {
  return new StudioError({
    code: 'run-busy',
    message: `Run ${id} is being trained by ${who}.`,
    fix: 'Wait until it is done, or stop it first.',
  });
}
