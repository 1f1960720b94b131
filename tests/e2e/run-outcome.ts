import { join } from 'node:path';
import type { MetricColumn } from '@shared/training/metrics';
import { readCheckpoint } from '@main/run-folder/checkpoint-file';
import { checkpointsNewestFirst, readCheckpointIndex } from '@main/run-folder/checkpoint-index';
import { readHistory } from '@main/run-folder/read-history';
import { runPaths } from '@main/run-folder/run-paths';

/** The scalars of a step that are results; the others say how fast it was and what it took. */
const RESULTS: readonly MetricColumn[] = [
  'loss',
  'softmaxLoss',
  'filterLoss',
  'filterRaw',
  'accuracy',
  'learningRate',
  'modulationRate',
];

/** A checkpoint without what depends on the clock. */
async function checkpointAt(path: string) {
  const { weights, optimizer, centers, step, epoch, bestAccuracy, lastAccuracy } = await readCheckpoint(path);
  const { loss, correct, count } = epoch;
  return { weights, optimizer, centers, step, sums: { loss, correct, count }, bestAccuracy, lastAccuracy };
}

/**
 * Everything that a run leaves behind and that must not depend on how often it was interrupted, nor on the number of threads: every
 * checkpoint with all its bits, the list of them, every scalar of every step, epochs and centers. Times are left out.
 */
export async function runOutcome(dir: string) {
  const index = await readCheckpointIndex(dir);
  const files = checkpointsNewestFirst(index).map(({ file }) => join(runPaths(dir).checkpoints, file));
  const { epochs, metrics, centers, state, step } = await readHistory(dir, true);
  return {
    state,
    step,
    index,
    checkpoints: await Promise.all(files.map(checkpointAt)),
    metrics: Object.fromEntries(RESULTS.map((name) => [name, Array.from(metrics.column(name))])),
    epochs: epochs.map((epoch) => ({ ...epoch, seconds: 0 })),
    centers,
  };
}
