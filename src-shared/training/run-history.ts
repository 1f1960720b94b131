import type { Problem } from '../problem';
import type {
  CentersEvent,
  CheckpointEvent,
  EpochEvent,
  FiltersEvent,
  FinishedEvent,
  PlanEvent,
  RunState,
  TrainEvent,
} from './engine-event';
import { MetricTable } from './metric-table';

/** Everything known of a run, folded from its events; the main side keeps one, each window another. */
export interface RunHistory {
  state: RunState;
  step: number;
  plan: PlanEvent | null;
  metrics: MetricTable;
  epochs: EpochEvent[];
  centers: CentersEvent[];
  checkpoints: CheckpointEvent[];
  notices: { step: number; problem: Problem }[];
  filters: FiltersEvent | null;
  finished: FinishedEvent | null;
  failure: Problem | null;
}

/** A run of which nothing is known yet. */
export function emptyHistory(): RunHistory {
  return {
    state: 'queued',
    step: 0,
    plan: null,
    metrics: new MetricTable(),
    epochs: [],
    centers: [],
    checkpoints: [],
    notices: [],
    filters: null,
    finished: null,
    failure: null,
  };
}

/** Forgets what lies past a checkpoint: a process that resumes there redoes it. */
export function rewind(history: RunHistory, step: number): void {
  history.step = Math.min(history.step, step);
  history.metrics.truncate(step);
  history.epochs = history.epochs.filter((event) => event.step <= step);
  history.centers = history.centers.filter((event) => event.step < step);
  history.checkpoints = history.checkpoints.filter((event) => event.step <= step);
  history.notices = history.notices.filter((notice) => notice.step <= step);
  history.finished = null;
  history.failure = null;
}

/** Folds one event into the history, in place. Events must come in order. */
export function foldEvent(history: RunHistory, event: TrainEvent): void {
  switch (event.type) {
    case 'plan':
      rewind(history, event.startStep);
      history.plan = event;
      return;
    case 'steps':
      history.metrics.append(event);
      history.step = event.first + event.count;
      return;
    case 'epoch':
      // A process that died between the test and its checkpoint left an event that its successor repeats.
      history.epochs = [...history.epochs.filter(({ epoch }) => epoch < event.epoch), event];
      return;
    case 'filters':
      history.filters = event;
      return;
    case 'centers':
      history.centers.push(event);
      return;
    case 'checkpoint':
      history.checkpoints.push(event);
      return;
    case 'state':
      history.state = event.state;
      return;
    case 'notice':
      history.notices.push({ step: event.step, problem: event.problem });
      return;
    case 'finished':
      history.finished = event;
      return;
    case 'failed':
      history.failure = event.problem;
      return;
  }
}
