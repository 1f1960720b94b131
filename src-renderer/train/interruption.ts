import type { Problem } from '@shared/problem';
import type { RunState } from '@shared/training/engine-event';

/** Whether doing the rest of a run again could end otherwise: a resumed run repeats itself bit for bit, so one that diverged does again. */
export function isWorthResuming(failure: Problem | null): boolean {
  return failure?.code !== 'diverged';
}

/**
 * What to say of a run that did not end as it should; null for one that did, or that goes on.
 * @param failure what the run itself told, if it still could
 */
export function interruption(
  state: RunState | null,
  failure: Problem | null,
  hasCheckpoint: boolean,
): Problem | null {
  if (state !== 'failed' && state !== 'interrupted') return null;
  if (failure) return failure;
  const wayOut = hasCheckpoint
    ? 'Everything up to the last checkpoint is safe; what followed it is done again, bit for bit, when you resume.'
    : 'There was no checkpoint yet: start a new run.';
  if (state === 'failed') {
    return { code: 'run-failed', message: 'The run failed and could not say why.', fix: wayOut };
  }
  return {
    code: 'run-interrupted',
    message:
      'The training process ended before the run did: it crashed, was killed, or the machine was turned off.',
    fix: wayOut,
  };
}
