import {
  engineOutputSchema,
  type EngineCommand,
  type EngineInput,
  type EngineJob,
  type EngineOutput,
} from '@shared/contract/engine-job';
import { StudioError, type Problem } from '@shared/problem';

/** The studio's end of the line to an engine process. */
export interface ProcessPort {
  send(message: EngineInput): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process is gone and every message was delivered. `how` is an exit code or a signal in words. */
  onExit(listener: (how: string) => void): void;
  /** The process said its last word and may go; does nothing where it goes by itself. */
  release(): void;
  kill(): void;
}

/** How an engine process is started. */
export interface ProcessWishes {
  /** It will stand back behind all others (engine/jobs/stand-aside.ts). */
  aside: boolean;
}

/** Starts an engine process; shells provide it (fork in plain Node, utilityProcess in Electron). */
export type StartProcess = (wishes: ProcessWishes) => ProcessPort;

export interface EngineListener {
  onOutput(output: EngineOutput): void;
  /** The process is gone. `problem` is null when the job was done. */
  onEnd(problem: Problem | null): void;
}

/** The problem of a process that ended without an answer: it crashed or was killed. */
export function engineDied(how: string): Problem {
  return {
    code: 'engine-died',
    message: `The process that was computing ended unexpectedly (${how}).`,
    fix: 'Nothing up to the last checkpoint is lost: resume the run. If it happens again, use a smaller batch.',
  };
}

/** One job in a process of its own. What the process says is parsed on arrival. */
export class EngineProcess {
  readonly #port: ProcessPort;
  #answered = false;
  #problem: Problem | null = null;

  constructor(
    start: StartProcess,
    job: EngineJob,
    private readonly listener: EngineListener,
  ) {
    this.#port = start({ aside: job.type === 'probe' && job.aside });
    this.#port.onMessage((message) => {
      this.#receive(message);
    });
    this.#port.onExit((how) => {
      listener.onEnd(this.#answered ? this.#problem : engineDied(how));
    });
    this.#port.send({ type: 'job', job });
  }

  command(command: EngineCommand): void {
    this.#port.send({ type: 'command', command });
  }

  kill(): void {
    this.#port.kill();
  }

  #receive(message: unknown): void {
    const parsed = engineOutputSchema.safeParse(message);
    if (!parsed.success) {
      this.#answered = true;
      this.#problem = {
        code: 'engine-message',
        message: `The engine said something that this studio does not understand (${parsed.error.issues[0]!.message}).`,
        fix: 'Build the studio again: its parts are of different versions.',
      };
      this.#port.kill();
      return;
    }
    const output = parsed.data;
    if (output.type === 'failed-job') this.#problem = output.problem;
    this.listener.onOutput(output);
    if (output.type !== 'done' && output.type !== 'failed-job') return;
    this.#answered = true;
    this.#port.release();
  }
}

/**
 * Runs a job that gives one answer.
 * @param onProgress images done and to do
 * @returns the answer, and how to end the job before: its promise is then rejected with "cancelled"
 * @throws StudioError what the engine reported, engine-died, cancelled
 */
export function runJob<T extends EngineOutput['type']>(
  start: StartProcess,
  job: EngineJob,
  answer: T,
  onProgress: (done: number, total: number) => void = () => undefined,
): { result: Promise<Extract<EngineOutput, { type: T }>>; cancel(): void } {
  let engine: EngineProcess | null = null;
  let cancelled = false;
  const result = new Promise<Extract<EngineOutput, { type: T }>>((resolve, reject) => {
    let found: Extract<EngineOutput, { type: T }> | null = null;
    engine = new EngineProcess(start, job, {
      onOutput: (output) => {
        if (output.type === 'progress') onProgress(output.done, output.total);
        if (output.type === answer) found = output as Extract<EngineOutput, { type: T }>;
      },
      onEnd: (problem) => {
        if (cancelled) reject(new StudioError(CANCELLED));
        else if (problem) reject(new StudioError(problem));
        else if (found) resolve(found);
        else reject(new StudioError(engineDied('without an answer')));
      },
    });
  });
  return {
    result,
    cancel: () => {
      cancelled = true;
      engine?.kill();
    },
  };
}

const CANCELLED: Problem = { code: 'cancelled', message: 'It was cancelled.', severity: 'hint' };
