import { describe, expect, it } from 'vitest';
import { RunFeed } from '@renderer/stores/run-feed';
import { remainingSeconds } from '@renderer/stores/remaining-seconds';
import type { RunSnapshot } from '@shared/contract/studio-api';
import { defaultsOf } from '@shared/fields/check-value';
import { lower } from '@shared/network/lower';
import { findPreset } from '@shared/network/presets';
import type { PlanEvent, TrainEvent } from '@shared/training/engine-event';
import { METRIC_COLUMNS, type MetricRows } from '@shared/training/metrics';
import { trainingFields } from '@shared/training/settings';

const RUN = 'run-1';
const document = findPreset('mcn-mnist-tiny')!.document;

const PLAN: PlanEvent = {
  type: 'plan',
  epochs: 2,
  stepsPerEpoch: 10,
  totalSteps: 20,
  binarizeStep: 10,
  startStep: 0,
  trainCount: 1000,
  testCount: 300,
  device: 'cpu-wasm',
  deviceDescription: 'CPU',
};

function rows(first: number, values: readonly number[]): MetricRows {
  const columns = Object.fromEntries(METRIC_COLUMNS.map((name) => [name, Float64Array.from(values)]));
  return { first, count: values.length, columns: columns as MetricRows['columns'] };
}

function snapshot(sequence: number, metrics: MetricRows): RunSnapshot {
  return {
    summary: {
      id: RUN,
      name: 'digits',
      dir: 'runs/run-1',
      createdAt: '2026-11-24T08:00:00.000Z',
      family: 'mcn',
      dataset: 'mnist',
      state: 'training',
      epochs: 2,
      epochsDone: 0,
      step: metrics.count,
      totalSteps: 20,
      testAccuracy: null,
      hasCheckpoint: false,
      parent: null,
    },
    document,
    network: lower(document, 'mcn').network!,
    settings: defaultsOf(trainingFields),
    sequence,
    plan: PLAN,
    metrics,
    epochs: [],
    centers: [],
    checkpoints: [],
    notices: [],
    filters: null,
    finished: null,
    failure: null,
  };
}

function message(sequence: number, event: TrainEvent): Parameters<RunFeed['take']>[0] {
  return { run: RUN, sequence, event };
}

describe('RunFeed', () => {
  it('lets events that overtake the snapshot wait, and skips those that it knows', () => {
    const feed = new RunFeed(RUN);
    expect(feed.take(message(5, { type: 'steps', ...rows(2, [30]) }), 0)).toBe(true);
    expect(feed.take(message(6, { type: 'steps', ...rows(3, [40]) }), 0)).toBe(true);
    expect(feed.history).toBeNull();
    expect(feed.begin(snapshot(5, rows(0, [10, 20, 30])), 0)).toBe(true);
    expect([...feed.history!.metrics.column('loss')]).toEqual([10, 20, 30, 40]);
    expect(feed.history!.step).toBe(4);
  });

  it('notices a missing event, before and after the snapshot, and leaves the history as it was', () => {
    const late = new RunFeed(RUN);
    late.take(message(7, { type: 'state', state: 'paused', step: 3 }), 0);
    expect(late.begin(snapshot(5, rows(0, [1])), 0)).toBe(false);

    const feed = new RunFeed(RUN);
    feed.begin(snapshot(5, rows(0, [1])), 0);
    expect(feed.take(message(7, { type: 'state', state: 'paused', step: 1 }), 0)).toBe(false);
    expect(feed.history!.state).toBe('training');
  });

  it('knows when live entries came, and nothing of older ones', () => {
    const feed = new RunFeed(RUN);
    const old: TrainEvent = { type: 'checkpoint', file: 'a', step: 1, best: false };
    feed.begin({ ...snapshot(1, rows(0, [1])), checkpoints: [old] }, 100);
    const problem = { code: 'x', message: 'Something.' };
    feed.take(message(2, { type: 'checkpoint', file: 'b', step: 1, best: true }), 200);
    feed.take(message(3, { type: 'notice', step: 1, problem }), 300);
    const { checkpoints, notices } = feed.history!;
    expect(checkpoints.map((entry) => feed.arrivedAt(entry))).toEqual([null, 200]);
    expect(feed.arrivedAt(notices[0]!.problem)).toBe(300);
  });
});

describe('remainingSeconds', () => {
  it('is the images that are left, training and testing, at the speed of the latest steps', () => {
    const feed = new RunFeed(RUN);
    // Two steps of 100 images at 100 and 300 images/s: 1/150 s an image on average.
    feed.begin(snapshot(1, rows(0, [100, 300])), 0);
    // 18 of 20 steps (1,800 images) and two tests of 300 images at a third of the work are left.
    expect(remainingSeconds(feed.history!)).toBeCloseTo((1800 + 200) / 150, 6);
  });

  it('says nothing before the first step and after the end', () => {
    const feed = new RunFeed(RUN);
    feed.begin(snapshot(1, rows(0, [])), 0);
    expect(remainingSeconds(feed.history!)).toBeNull();
    feed.take(message(2, { type: 'steps', ...rows(0, [100]) }), 0);
    expect(remainingSeconds(feed.history!)).not.toBeNull();
    feed.take(message(3, { type: 'state', state: 'stopped', step: 1 }), 0);
    expect(remainingSeconds(feed.history!)).toBeNull();
  });
});
