import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { METRIC_COLUMNS, type MetricRows } from '@shared/training/metrics';
import type { TrainEvent } from '@shared/training/engine-event';
import { emptyHistory, foldEvent, rewind } from '@shared/training/run-history';
import { writeCheckpoint } from './checkpoint-file';
import { readCheckpointIndex, writeCheckpointIndex, type CheckpointIndex } from './checkpoint-index';
import { readEnvironment, writeEnvironment } from './environment';
import { EventLog, readEventLog } from './event-log';
import { MetricsFile, readMetrics } from './metrics-file';
import { runPaths } from './run-paths';
import type { TrainingState } from './training-state';

/** The first `count` rows. */
function firstRows(rows: MetricRows, count: number): MetricRows {
  const columns = METRIC_COLUMNS.map((name) => [name, rows.columns[name].subarray(0, count)]);
  return { first: 0, count, columns: Object.fromEntries(columns) as MetricRows['columns'] };
}

async function copyMetrics(from: string, to: string, step: number): Promise<void> {
  const rows = await readMetrics(runPaths(from).metrics);
  const file = await MetricsFile.open(runPaths(to).metrics, 0);
  try {
    await file.append(firstRows(rows, step));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Epochs and centers up to the step, when they happened, and then `news`. */
async function copyEvents(
  from: string,
  to: string,
  step: number,
  news: readonly TrainEvent[],
): Promise<void> {
  const { events } = await readEventLog(runPaths(from).events);
  const history = emptyHistory();
  for (const { event } of events) foldEvent(history, event);
  rewind(history, step);
  const past = new Set<TrainEvent>([...history.epochs, ...history.centers]);
  const log = await EventLog.open(runPaths(to).events);
  try {
    for (const { event, time } of events) if (past.has(event)) await log.append(event, new Date(time));
    for (const event of news) await log.append(event, new Date());
    await log.sync();
  } finally {
    await log.close();
  }
}

/** The list of the new run: the checkpoint as the last one, and the best one of the past, if it is still there. */
function firstIndex(
  { best, epochs }: CheckpointIndex,
  file: string,
  { step, bestAccuracy }: TrainingState,
): CheckpointIndex {
  const past = [...epochs, ...(best ? [best] : [])].filter((entry) => entry.step <= step);
  return {
    version: 1,
    last: { file, step },
    best: past.find(({ testAccuracy }) => testAccuracy === bestAccuracy) ?? null,
    epochs: epochs.filter((entry) => entry.file === file),
  };
}

/**
 * Gives a new run folder the past of another run up to one of its checkpoints: that checkpoint as its last one, the best one before it, the
 * scalars of every step, epochs, centers, and what its data were. Where the best checkpoint is gone, the best one is sought anew.
 * @param path file of the checkpoint in the other run
 * @param state what the new run goes on from
 * @param notices what is worth a word about it
 * @throws StudioError metrics-damaged, checkpoint-index-damaged, those of atomicWrite; the system's error when the best checkpoint was
 * replaced meanwhile
 */
export async function copyPast(
  from: string,
  to: string,
  path: string,
  state: TrainingState,
  notices: readonly TrainEvent[],
): Promise<void> {
  const { step } = state;
  const file = basename(path);
  const index = firstIndex(await readCheckpointIndex(from), file, state);
  const { checkpoints } = runPaths(to);
  const best = index.best ? state.bestAccuracy : null;
  await writeCheckpoint(join(checkpoints, file), { ...state, bestAccuracy: best });
  if (index.best && index.best.file !== file) {
    await copyFile(join(runPaths(from).checkpoints, index.best.file), join(checkpoints, index.best.file));
  }
  await writeCheckpointIndex(to, index);
  await copyMetrics(from, to, step);
  await copyEvents(from, to, step, [
    { type: 'checkpoint', file, step, best: index.best?.file === file },
    ...notices,
    { type: 'state', state: 'stopped', step },
  ]);
  const environment = await readEnvironment(from);
  if (environment) await writeEnvironment(to, environment);
}
