import { describe, expect, it } from 'vitest';
import { RUN_ACTIONS, whyNot, type RunAction, type RunSituation } from '@renderer/stores/why-not';
import type { RunState } from '@shared/training/engine-event';

const READY: RunSituation = {
  pending: null,
  hasProject: true,
  obstacle: null,
  state: null,
  canResume: false,
};

/** What can be done while the current run is in a state. */
function possible(changes: Partial<RunSituation>): RunAction[] {
  return RUN_ACTIONS.filter((action) => whyNot(action, { ...READY, ...changes }) === null);
}

describe('what can be done with runs', () => {
  it.each<[RunState | null, boolean, RunAction[]]>([
    [null, false, ['start']],
    ['queued', false, ['stop']],
    ['preparing', false, ['stop']],
    ['training', false, ['pause', 'stop', 'checkpoint']],
    ['testing', false, ['pause', 'stop', 'checkpoint']],
    ['paused', true, ['resume', 'stop']],
    ['finished', false, ['start']],
    ['interrupted', true, ['start', 'resume']],
    ['interrupted', false, ['start']],
  ])('follows from its state: %s, resumable %s', (state, canResume, expected) => {
    expect(possible({ state, canResume })).toEqual(expected);
  });

  it('is one thing at a time: nothing while an answer is out', () => {
    for (const pending of RUN_ACTIONS) {
      expect(possible({ pending, state: 'training' })).toEqual([]);
      expect(possible({ pending })).toEqual([]);
    }
  });

  it('is no start without a design, nor with one that cannot be trained, which says why', () => {
    expect(possible({ hasProject: false })).toEqual([]);
    const obstacle = { code: 'x', message: 'The input is missing.', fix: 'Add one.' };
    expect(whyNot('start', { ...READY, obstacle })).toContain(obstacle.message);
  });
});
