import { problemText, type Problem } from '@shared/problem';
import type { RunState } from '@shared/training/engine-event';
import { isActive } from './runs';

/** What can be done with runs: `start` is for the open project, the others are for the current run. */
export const RUN_ACTIONS = ['start', 'pause', 'resume', 'stop', 'checkpoint'] as const;
export type RunAction = (typeof RUN_ACTIONS)[number];

/** What decides whether it can be done. */
export interface RunSituation {
  /** What was asked for and is not answered yet. */
  pending: RunAction | null;
  hasProject: boolean;
  /** Why the project cannot be trained. */
  obstacle: Problem | null;
  /** Of the current run; null without one. */
  state: RunState | null;
  canResume: boolean;
}

const PENDING: Readonly<Record<RunAction, string>> = {
  start: 'A run is being started.',
  pause: 'The run is being paused.',
  resume: 'The run is being resumed.',
  stop: 'The run is being stopped.',
  checkpoint: 'A checkpoint is being asked for.',
};
const NOTHING = 'Nothing is being trained.';

function whyNoStart({ hasProject, obstacle, state }: RunSituation): string | null {
  if (!hasProject) return 'Open a design first.';
  if (state !== null && isActive(state)) return 'The current run is still going on.';
  return obstacle ? problemText(obstacle) : null;
}

function whyNotAtWork(state: RunState | null, paused: string): string | null {
  if (state === null || !isActive(state)) return NOTHING;
  if (state === 'paused') return paused;
  return state === 'training' || state === 'testing' ? null : 'The run is still being prepared.';
}

/** Why something cannot be done now, in words for a button or the palette; null: it can. */
export function whyNot(action: RunAction, situation: RunSituation): string | null {
  const { pending, state, canResume } = situation;
  if (pending) return PENDING[pending];
  switch (action) {
    case 'start':
      return whyNoStart(situation);
    case 'pause':
      return whyNotAtWork(state, 'The run is paused already.');
    case 'checkpoint':
      return whyNotAtWork(state, 'A paused run is saved already.');
    case 'resume':
      return canResume ? null : 'There is nothing to resume.';
    case 'stop':
      return state !== null && isActive(state) ? null : NOTHING;
  }
}
