import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  beginTimeline,
  mapTimeline,
  MERGE_MILLISECONDS,
  stepBack,
  stepForward,
  stepsFrom,
} from '@renderer/stores/timeline';

const start = beginTimeline('a');

describe('timeline', () => {
  it('goes back to every state and forward again, whatever the steps were', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 40 }), (texts) => {
        // Boxed, so that equal texts are different states.
        const states = [{ text: 'start' }, ...texts.map((text) => ({ text }))];
        let line = beginTimeline(states[0]!);
        for (const [index, state] of states.slice(1).entries()) {
          line = advance(line, `step ${index}`, state, null, index);
        }
        for (let index = states.length - 1; index >= 0; index--) {
          expect(line.present).toBe(states[index]);
          line = stepBack(line);
        }
        for (const state of states.slice(1)) {
          line = stepForward(line);
          expect(line.present).toBe(state);
        }
        expect(stepForward(line)).toBe(line);
      }),
    );
  });

  it('merges what is typed in one go, and starts a new step after a pause, another key or an undo', () => {
    let line = advance(start, 'maps', 'b', 'maps', 0);
    line = advance(line, 'maps', 'c', 'maps', MERGE_MILLISECONDS - 1);
    expect(line.past.map((step) => step.state)).toEqual(['a']);
    line = advance(line, 'maps', 'd', 'maps', 3 * MERGE_MILLISECONDS);
    expect(line.past.map((step) => step.state)).toEqual(['a', 'c']);
    line = advance(line, 'kernel', 'e', 'kernel', 3 * MERGE_MILLISECONDS + 1);
    expect(line.past.map((step) => step.state)).toEqual(['a', 'c', 'd']);
    line = advance(stepBack(line), 'kernel', 'f', 'kernel', 3 * MERGE_MILLISECONDS + 2);
    expect(line.past.map((step) => step.state)).toEqual(['a', 'c', 'd']);
    expect(line.present).toBe('f');
  });

  it('drops the future at a new step and names what can be undone', () => {
    const line = advance(stepBack(advance(start, 'one', 'b', null, 0)), 'two', 'c', null, 1);
    expect(line.future).toEqual([]);
    expect(line.past.map((step) => step.label)).toEqual(['two']);
  });

  it('takes the same state for no step, and has nothing to undo at the start', () => {
    expect(advance(start, 'nothing', 'a', null, 0)).toBe(start);
    expect(stepBack(start)).toBe(start);
  });
});

it('tells how many steps a state is away, back or ahead, while it is known', () => {
  const line = advance(advance(beginTimeline('a'), 'b', 'b', null, 0), 'c', 'c', null, 1);
  expect(['a', 'b', 'c', 'd'].map((state) => stepsFrom(line, state))).toEqual([2, 1, 0, null]);
  expect(stepsFrom(stepBack(line), 'c')).toBe(1);
});

it('changes every state alike, each once, and keeps steps and their order', () => {
  const [a, b, c] = [{ n: 1 }, { n: 2 }, { n: 3 }];
  const line = advance(advance(advance(beginTimeline(a), 'b', b, null, 0), 'a', a, null, 1), 'c', c, null, 2);
  const mapped = mapTimeline(stepBack(line), ({ n }) => ({ n: n * 10 }));
  expect(mapped.past.map(({ label, state }) => [label, state.n])).toEqual([
    ['b', 10],
    ['a', 20],
  ]);
  expect([mapped.present, mapped.future.map(({ state }) => state.n)]).toEqual([{ n: 10 }, [30]]);
  expect(mapped.present).toBe(mapped.past[0]!.state);
});
