import { classCount } from '@shared/network/network';
import { activateDevice } from '../../backends/devices';
import { checkpointOfStep } from '../../run-folder/checkpoint-index';
import { readRunDefinition } from '../../run-folder/manifest';
import type { Job } from '../job-context';
import { openTestData, readModel, readRunCheckpoint } from './load-model';
import { runEvaluation } from './run-evaluation';

/** Largest difference of two values, relative to the largest of `a`. */
function relativeDifference(a: Float32Array, b: Float32Array): number {
  let difference = 0;
  let largest = 0;
  for (let index = 0; index < a.length; index++) {
    difference = Math.max(difference, Math.abs(a[index]! - b[index]!));
    largest = Math.max(largest, Math.abs(a[index]!));
  }
  return largest === 0 ? difference : difference / largest;
}

/** Index of the largest value of a row; the first of equal ones. */
function winner(logits: Float32Array, row: number, classes: number): number {
  let best = 0;
  for (let index = 1; index < classes; index++) {
    if (logits[row * classes + index]! > logits[row * classes + best]!) best = index;
  }
  return best;
}

/** Rows that have the same winner in both. */
function agreeingRows(a: Float32Array, b: Float32Array, classes: number): number {
  let count = 0;
  for (let row = 0; row < a.length / classes; row++) {
    if (winner(a, row, classes) === winner(b, row, classes)) count += 1;
  }
  return count;
}

/** Evaluates a checkpoint and the file that was exported from it on the run's test images, and compares the logits. */
export const proveJob: Job<'prove'> = async (job, { port }) => {
  const { manifest } = await readRunDefinition(job.runDir);
  const checkpoint = await readRunCheckpoint(job.runDir, await checkpointOfStep(job.runDir, job.step));
  const file = await readModel({ kind: 'packed', file: job.file });
  const dataset = await openTestData(checkpoint, checkpoint.dataset, checkpoint.limitTest, job.resourcesDir);
  try {
    const device = await activateDevice(manifest.settings.device, manifest.settings.threads);
    const { count } = dataset.test;
    const report = (done: number): void => {
      port.send({ type: 'progress', done, total: 2 * count });
    };
    const first = await runEvaluation(checkpoint, dataset, device, report);
    const second = await runEvaluation(file, dataset, device, (done) => {
      report(count + done);
    });
    const classes = classCount(checkpoint.network);
    port.send({
      type: 'proved',
      checkpoint: first.evaluation,
      file: second.evaluation,
      logitDifference: relativeDifference(first.logits, second.logits),
      agreeing: agreeingRows(first.logits, second.logits, classes),
    });
  } finally {
    await dataset.close();
  }
};
