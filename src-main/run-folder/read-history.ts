import { emptyHistory, foldEvent, type RunHistory } from '@shared/training/run-history';
import type { Problem } from '@shared/problem';
import type { RunState } from '@shared/training/engine-event';
import { readEventLog } from './event-log';
import { readFilters } from './filters-file';
import { readMetrics } from './metrics-file';
import { lockOwner } from './run-lock';
import { runPaths } from './run-paths';

const RUNNING: readonly RunState[] = ['queued', 'preparing', 'training', 'testing', 'paused'];

/** The state of a run whose log ends in `state`: a run that nobody trains any more was interrupted. */
function presentState(state: RunState, steps: number, trained: boolean): RunState {
  if (trained || !RUNNING.includes(state)) return state;
  return state === 'queued' && steps === 0 ? 'queued' : 'interrupted';
}

/**
 * Folds the files of a run into its history. Without `details` metrics and filters are left out: enough for a list of runs.
 * @throws StudioError metrics-damaged
 */
export async function readHistory(dir: string, details: boolean): Promise<RunHistory> {
  const paths = runPaths(dir);
  const history = emptyHistory();
  const { events } = await readEventLog(paths.events);
  for (const { event } of events) foldEvent(history, event);
  if (details) {
    const rows = await readMetrics(paths.metrics);
    history.metrics.append(rows);
    history.filters = await readFilters(paths.filters);
  }
  history.step = Math.max(history.step, lastStep(history));
  history.state = presentState(history.state, history.step, (await lockOwner(dir)) !== null);
  if (history.state === 'interrupted') history.failure ??= INTERRUPTED;
  return history;
}

/** Said of a run whose process could not say anything itself. */
const INTERRUPTED: Problem = {
  code: 'run-interrupted',
  message:
    'The process that trained this run ended before the run was done: a crash, a power cut, or the studio was closed.',
  fix: 'Resume it: it goes on from its last checkpoint.',
};

/** The last step that the log speaks of. */
function lastStep(history: RunHistory): number {
  const steps = [history.checkpoints.at(-1)?.step, history.epochs.at(-1)?.step, history.metrics.count];
  return Math.max(...steps.map((step) => step ?? 0));
}
