import type { RunState } from '@shared/training/engine-event';

/** States of a run in words, and how they are coloured. */
export const RUN_STATE_WORDS: Readonly<
  Record<RunState, { text: string; tone: 'live' | 'wait' | 'done' | 'bad' }>
> = {
  queued: { text: 'queued', tone: 'wait' },
  preparing: { text: 'preparing', tone: 'live' },
  training: { text: 'training', tone: 'live' },
  testing: { text: 'testing', tone: 'live' },
  paused: { text: 'paused', tone: 'wait' },
  finished: { text: 'finished', tone: 'done' },
  stopped: { text: 'stopped', tone: 'done' },
  failed: { text: 'failed', tone: 'bad' },
  interrupted: { text: 'interrupted', tone: 'bad' },
};
