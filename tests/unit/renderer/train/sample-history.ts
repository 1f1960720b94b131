import type { CentersEvent, EpochEvent, PlanEvent, StepsEvent } from '@shared/training/engine-event';
import { METRIC_COLUMNS, type StepMetrics } from '@shared/training/metrics';
import { emptyHistory, foldEvent, type RunHistory } from '@shared/training/run-history';

export const STEPS_PER_EPOCH = 10;

/** Steps whose scalars are all alike. */
export function steps(first: number, count: number, scalars: Partial<StepMetrics> = {}): StepsEvent {
  const columns = Object.fromEntries(
    METRIC_COLUMNS.map((name) => [name, new Float64Array(count).fill(scalars[name] ?? 1)]),
  );
  return { type: 'steps', first, count, columns: columns as StepsEvent['columns'] };
}

export function plan(startStep = 0): PlanEvent {
  return {
    type: 'plan',
    epochs: 3,
    stepsPerEpoch: STEPS_PER_EPOCH,
    totalSteps: 3 * STEPS_PER_EPOCH,
    binarizeStep: STEPS_PER_EPOCH,
    startStep,
    trainCount: 1280,
    testCount: 1000,
    device: 'cpu-wasm',
    deviceDescription: 'CPU, WebAssembly SIMD, 1 thread',
  };
}

export function epoch(number: number, changes: Partial<EpochEvent> = {}): EpochEvent {
  return {
    type: 'epoch',
    epoch: number,
    step: number * STEPS_PER_EPOCH,
    trainLoss: 0.1,
    trainAccuracy: 0.95,
    testLoss: 0.1,
    testAccuracy: 0.97,
    binarized: number > 1,
    best: number > 1,
    seconds: 12,
    ...changes,
  };
}

export function centers(step: number, first: boolean, names: readonly string[] = ['MCconv 1']): CentersEvent {
  const layers = names.map((name) => ({ node: name, name, centers: Float32Array.of(-0.1744, 0.2268) }));
  return { type: 'centers', step, first, layers };
}

/** Two epochs and a half of three; binary since the end of the first. */
export function sampleHistory(): RunHistory {
  const history = emptyHistory();
  foldEvent(history, plan());
  foldEvent(history, { type: 'state', state: 'training', step: 0 });
  foldEvent(history, steps(0, 7));
  foldEvent(history, { type: 'checkpoint', file: 'a', step: 7, best: false });
  foldEvent(history, steps(7, 3));
  foldEvent(history, epoch(1));
  foldEvent(history, { type: 'checkpoint', file: 'b', step: 10, best: false });
  foldEvent(history, centers(10, true));
  foldEvent(history, steps(10, 10));
  foldEvent(history, epoch(2));
  foldEvent(history, { type: 'checkpoint', file: 'c', step: 20, best: true });
  foldEvent(history, centers(20, false));
  foldEvent(history, steps(20, 5));
  return history;
}
