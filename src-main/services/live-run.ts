import type { EngineJob, RunCommand } from '@shared/contract/engine-job';
import type { Problem } from '@shared/problem';
import { trainEventSchema, type TrainEvent } from '@shared/training/engine-event';
import { foldEvent, type RunHistory } from '@shared/training/run-history';
import { EventLog } from '../run-folder/event-log';
import { lockRun } from '../run-folder/run-lock';
import { runPaths } from '../run-folder/run-paths';
import { EngineProcess, type StartProcess } from './engine-process';

const TRAIN_EVENTS: ReadonlySet<string> = new Set(
  trainEventSchema.options.map((option) => option.shape.type.value),
);

/** A run that is being trained: its process, and its history as the events make it. */
export class LiveRun {
  readonly dir: string;
  readonly #engine: EngineProcess;

  /**
   * Starts the process.
   * @param history what is known so far; taken over
   * @param onEvent sees every event after it was folded in
   * @param onEnd the process is gone
   */
  constructor(
    start: StartProcess,
    job: Extract<EngineJob, { type: 'train' }>,
    readonly history: RunHistory,
    private readonly onEvent: (event: TrainEvent) => void,
    private readonly onEnd: () => void,
  ) {
    this.dir = job.runDir;
    this.#engine = new EngineProcess(start, job, {
      onOutput: (output) => {
        if (TRAIN_EVENTS.has(output.type)) this.#take(output as TrainEvent);
      },
      onEnd: (problem) => {
        void this.#end(problem);
      },
    });
  }

  command(command: RunCommand): void {
    this.#engine.command(command);
  }

  kill(): void {
    this.#engine.kill();
  }

  #take(event: TrainEvent): void {
    foldEvent(this.history, event);
    this.onEvent(event);
  }

  /** A process that died could not say so: the log gets it from here. */
  async #end(problem: Problem | null): Promise<void> {
    if (problem && this.history.state !== 'failed') {
      const { step } = this.history;
      const state = problem.code === 'engine-died' ? 'interrupted' : 'failed';
      const events: TrainEvent[] = [
        { type: 'failed', step, problem },
        { type: 'state', state, step },
      ];
      await this.#log(events).catch(() => undefined);
      for (const event of events) this.#take(event);
    }
    this.onEnd();
  }

  /** @throws StudioError run-locked when somebody else trains there by now: then it is theirs to say how it goes */
  async #log(events: readonly TrainEvent[]): Promise<void> {
    const unlock = await lockRun(this.dir);
    try {
      const log = await EventLog.open(runPaths(this.dir).events);
      for (const event of events) await log.append(event, new Date());
      await log.close();
    } finally {
      await unlock();
    }
  }
}
