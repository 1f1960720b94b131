import { engineInputSchema, type EngineJob, type EngineCommand } from '@shared/contract/engine-job';
import { StudioError, type Problem } from '@shared/problem';
import type { Job, JobContext } from './job-context';
import { benchJob } from './jobs/bench';
import { evaluateJob } from './jobs/evaluate';
import { exportJob } from './jobs/export';
import { inspectDataJob } from './jobs/inspect-data';
import { probeJob } from './jobs/probe';
import { proveJob } from './jobs/prove';
import { trainJob } from './jobs/train';
import { enginePort } from './port';

/** One handler for each kind of job; a kind without one does not compile. */
const jobs: { [T in EngineJob['type']]: Job<T> } = {
  train: trainJob,
  evaluate: evaluateJob,
  export: exportJob,
  prove: proveJob,
  'inspect-data': inspectDataJob,
  probe: probeJob,
  bench: benchJob,
};

/** What went wrong, for a person; unexpected errors keep their stack on stderr. */
function problemOf(error: unknown): Problem {
  if (error instanceof StudioError) return error.problem;
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return {
    code: 'engine-error',
    message: `The engine met an error that it did not expect: ${error instanceof Error ? error.message : String(error)}.`,
    fix: 'Please report it, with the lines above.',
  };
}

async function work(job: EngineJob, context: JobContext): Promise<void> {
  try {
    await (jobs[job.type] as (job: EngineJob, context: JobContext) => Promise<void>)(job, context);
    context.port.send({ type: 'done' });
    process.exitCode = 0;
  } catch (error) {
    context.port.send({ type: 'failed-job', problem: problemOf(error) });
    process.exitCode = 1;
  }
}

/** Holds commands back until the job listens: a stop that comes while data is loaded must not be lost. */
class CommandLine {
  #waiting: EngineCommand[] = [];
  #listener: ((command: EngineCommand) => void) | null = null;

  /** Whether the job takes commands. */
  get heard(): boolean {
    return this.#listener !== null;
  }

  give(command: EngineCommand): void {
    if (this.#listener) this.#listener(command);
    else this.#waiting.push(command);
  }

  listen(listener: (command: EngineCommand) => void): void {
    this.#listener = listener;
    for (const command of this.#waiting.splice(0)) listener(command);
  }
}

/** One process, one job: the first message names it, later ones are commands, and the process ends with it. */
function main(): void {
  const port = enginePort();
  const commands = new CommandLine();
  let started = false;
  port.onClose(() => {
    // Only training has something to save; everything else ends with whoever asked for it.
    if (commands.heard) commands.give('stop');
    else process.exit(0);
  });
  port.onMessage((message) => {
    const input = engineInputSchema.parse(message);
    if (input.type === 'command') commands.give(input.command);
    else if (!started) {
      started = true;
      void work(input.job, {
        port,
        onCommand: (listener) => {
          commands.listen(listener);
        },
      }).then(() => {
        port.close();
      });
    }
  });
}

main();
