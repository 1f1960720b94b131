import type { EngineJob, EngineCommand } from '@shared/contract/engine-job';
import type { Port } from './port';

/** What a job can use while it runs. */
export interface JobContext {
  port: Port;
  /** Commands that arrive while it runs; a lost line to the studio arrives as "stop". */
  onCommand(listener: (command: EngineCommand) => void): void;
}

export type JobOf<T extends EngineJob['type']> = Extract<EngineJob, { type: T }>;

/** One kind of work of an engine process. Throws StudioErrors for expected failures. */
export type Job<T extends EngineJob['type']> = (job: JobOf<T>, context: JobContext) => Promise<void>;
