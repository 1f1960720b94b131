import { describe, expect, it } from 'vitest';
import { RUN_STATES } from '@shared/training/engine-event';
import { interruption, isWorthResuming } from '@renderer/train/interruption';
import { positionText, stateText } from '@renderer/train/run-words';
import { emptyHistory } from '@shared/training/run-history';
import { sampleHistory } from './sample-history';

describe('where a run stands', () => {
  it('counts batches from the first to the last of an epoch, never to zero of the next', () => {
    expect(positionText(0, 469, 6)).toBe('epoch 1 of 6 · batch 0 of 469');
    expect(positionText(1744, 469, 6)).toBe('epoch 4 of 6 · batch 337 of 469');
    expect(positionText(469, 469, 6)).toBe('epoch 1 of 6 · batch 469 of 469');
    expect(positionText(470, 469, 6)).toBe('epoch 2 of 6 · batch 1 of 469');
  });

  it('has words for every state, with and without a plan', () => {
    for (const history of [sampleHistory(), emptyHistory()]) {
      const said = RUN_STATES.map((state) => stateText({ ...history, state }, null));
      if (history.plan) expect(new Set(said).size).toBe(RUN_STATES.length);
      for (const text of said) expect(text).not.toMatch(/undefined|null|NaN/);
    }
  });

  it('says the time left where it is known, and the result at the end', () => {
    const history = sampleHistory();
    expect(stateText(history, 64)).toBe('epoch 3 of 3 · batch 5 of 10 · 1 min 04 s left');
    expect(stateText({ ...history, state: 'finished' }, null)).toBe(
      'finished: 97.00 % of the test images right, with binary filters',
    );
    expect(stateText({ ...history, state: 'stopped', epochs: [] }, null)).toBe(
      'stopped at epoch 3 of 3 · batch 5 of 10: not one epoch was completed',
    );
  });
});

describe('interruption', () => {
  it('says nothing of a run that goes on or ended as it should', () => {
    for (const state of ['training', 'paused', 'finished', 'stopped', null] as const) {
      expect(interruption(state, null, true)).toBeNull();
    }
  });

  it('says what the run told before it failed', () => {
    const failure = { code: 'diverged', message: 'The loss is not a number.' };
    expect(interruption('failed', failure, true)).toBe(failure);
  });

  it('does not send a run into the same divergence again', () => {
    expect(isWorthResuming({ code: 'diverged', message: 'The loss is not a number.' })).toBe(false);
    expect(isWorthResuming({ code: 'engine-died', message: 'The process ended.' })).toBe(true);
    expect(isWorthResuming(null)).toBe(true);
  });

  it('offers to resume only where there is something to resume from', () => {
    expect(interruption('interrupted', null, true)?.fix).toContain('resume');
    expect(interruption('interrupted', null, false)?.fix).toContain('start a new run');
  });
});
