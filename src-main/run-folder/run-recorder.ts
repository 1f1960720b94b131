import { StudioError } from '@shared/problem';
import type { FiltersEvent, TrainEvent } from '@shared/training/engine-event';
import { writeProblem } from '../files/atomic-write';
import { EventLog, isLogged } from './event-log';
import { writeFilters } from './filters-file';
import { MetricsFile } from './metrics-file';
import { runPaths } from './run-paths';

/**
 * Writes the events of a run into its folder, in order. Writing goes on beside training; {@link settle} waits for it. After a failed write
 * every further call fails with its error: a run that cannot be recorded must not go on as if it were.
 */
export class RunRecorder {
  #tail: Promise<void> = Promise.resolve();
  #failure: Error | null = null;
  #filters: FiltersEvent | null = null;

  private constructor(
    private readonly dir: string,
    private readonly log: EventLog,
    private readonly metrics: MetricsFile,
  ) {}

  /**
   * Opens the files of a run that goes on from `step`; metrics past it are cut off.
   * @throws StudioError metrics-damaged
   */
  static async open(dir: string, step: number): Promise<RunRecorder> {
    const paths = runPaths(dir);
    const log = await EventLog.open(paths.events);
    try {
      return new RunRecorder(dir, log, await MetricsFile.open(paths.metrics, step));
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  /** Takes an event over. @throws the error of an earlier write */
  record(event: TrainEvent): void {
    if (this.#failure) throw this.#failure;
    if (event.type === 'filters') this.#filters = event;
    else if (event.type === 'steps') this.#then(() => this.metrics.append(event));
    else if (isLogged(event)) {
      const now = new Date();
      this.#then(() => this.log.append(event, now));
    }
  }

  /** Resolves when everything so far is on the disk. @throws the error of a write that failed */
  async settle(): Promise<void> {
    const filters = this.#filters;
    this.#filters = null;
    this.#then(async () => {
      await this.metrics.sync();
      await this.log.sync();
      if (filters) await writeFilters(runPaths(this.dir).filters, filters);
    });
    await this.#tail;
    if (this.#failure) throw this.#failure;
  }

  /** Waits for what is under way and closes the files. */
  async close(): Promise<void> {
    await this.#tail;
    await this.metrics.close();
    await this.log.close();
  }

  #then(write: () => Promise<void>): void {
    this.#tail = this.#tail.then(async () => {
      if (this.#failure) return;
      try {
        await write();
      } catch (error) {
        const problem = writeProblem(this.dir, error);
        this.#failure = problem ? new StudioError(problem, { cause: error }) : (error as Error);
      }
    });
  }
}
