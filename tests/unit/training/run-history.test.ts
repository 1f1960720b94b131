import { describe, expect, it } from 'vitest';
import type { EpochEvent, PlanEvent, StepsEvent } from '@shared/training/engine-event';
import { METRIC_COLUMNS } from '@shared/training/metrics';
import { emptyHistory, foldEvent } from '@shared/training/run-history';

function steps(first: number, losses: readonly number[]): StepsEvent {
  const columns = Object.fromEntries(METRIC_COLUMNS.map((name) => [name, Float64Array.from(losses)]));
  return { type: 'steps', first, count: losses.length, columns: columns as StepsEvent['columns'] };
}

function plan(startStep: number): PlanEvent {
  const counts = {
    epochs: 2,
    stepsPerEpoch: 3,
    totalSteps: 6,
    binarizeStep: 3,
    trainCount: 300,
    testCount: 100,
  };
  return { type: 'plan', ...counts, startStep, device: 'cpu-wasm', deviceDescription: 'CPU' };
}

function epoch(number: number): EpochEvent {
  const results = {
    trainLoss: 1,
    trainAccuracy: 0.5,
    testLoss: 1,
    testAccuracy: 0.5,
    binarized: false,
    best: false,
  };
  return { type: 'epoch', epoch: number, step: number * 3, seconds: 1, ...results };
}

describe('run history', () => {
  it('collects steps without loss, growing as needed', () => {
    const history = emptyHistory();
    for (let first = 0; first < 5000; first += 50) {
      foldEvent(
        history,
        steps(
          first,
          Array.from({ length: 50 }, (_, index) => first + index),
        ),
      );
    }
    expect(history.metrics.count).toBe(5000);
    expect(history.metrics.column('loss').every((value, index) => value === index)).toBe(true);
  });

  it('refuses a gap: a lost event must not pass as a curve', () => {
    const history = emptyHistory();
    foldEvent(history, steps(0, [1, 2]));
    expect(() => {
      foldEvent(history, steps(3, [4]));
    }).toThrow('Steps 2 to 2 are missing');
  });

  it('drops what lies past the checkpoint when a run is resumed', () => {
    const history = emptyHistory();
    foldEvent(history, plan(0));
    foldEvent(history, steps(0, [1, 2, 3]));
    foldEvent(history, epoch(1));
    foldEvent(history, steps(3, [4, 5, 6]));
    foldEvent(history, epoch(2));
    foldEvent(history, { type: 'failed', step: 6, problem: { code: 'x', message: 'x' } });
    foldEvent(history, plan(4));
    expect(history.metrics.count).toBe(4);
    expect(history.epochs).toHaveLength(1);
    expect(history.failure).toBeNull();
    foldEvent(history, steps(4, [50, 60]));
    expect([...history.metrics.column('loss')]).toEqual([1, 2, 3, 4, 50, 60]);
  });
});
