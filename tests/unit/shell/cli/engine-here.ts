import type { EngineOutput } from '@shared/contract/engine-job';
import { StudioError, type Problem } from '@shared/problem';
import { trainJob } from '@main/engine/jobs/train';
import type { StartProcess } from '@main/services/engine-process';

/** What the engine answers for an error that it did not expect; a test sees it as such. */
function problemOf(error: unknown): Problem {
  if (error instanceof StudioError) return error.problem;
  return {
    code: 'engine-error',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

/**
 * Starts training jobs in this process instead of one of their own: the same job with the same messages, so that many short
 * runs take no time to start. Messages are copied as the line between two processes copies them.
 */
export const trainHere: StartProcess = () => {
  let hear: (message: unknown) => void = () => undefined;
  let ended: (how: string) => void = () => undefined;
  const port = {
    send: (message: EngineOutput): void => {
      hear(structuredClone(message));
    },
    onMessage: () => undefined,
    onClose: () => undefined,
    close: () => undefined,
  };
  return {
    send: (message) => {
      if (message.type !== 'job' || message.job.type !== 'train')
        throw new Error('Only training starts here');
      trainJob(message.job, { port, onCommand: () => undefined })
        .then(
          () => {
            port.send({ type: 'done' });
          },
          (error: unknown) => {
            port.send({ type: 'failed-job', problem: problemOf(error) });
          },
        )
        .finally(() => {
          ended('exit code 0');
        });
    },
    onMessage: (listener) => {
      hear = listener;
    },
    onExit: (listener) => {
      ended = listener;
    },
    release: () => undefined,
    kill: () => undefined,
  };
};
