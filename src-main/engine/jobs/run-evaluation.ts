import { setImmediate } from 'node:timers/promises';
import type { Evaluation } from '@shared/contract/engine-job';
import { classCount, inputNode } from '@shared/network/network';
import { StudioError } from '@shared/problem';
import type { ActiveDevice } from '../../backends/devices';
import { createBatchMaker } from '../data/create-batch-maker';
import type { OpenedData } from '../data/open-data';
import { inputSpec } from '../data/preprocess';
import { BatchSource } from '../training/batch-source';
import { evaluateModel } from '../training/evaluate-model';
import { buildModel, type StoredModel } from './load-model';

const BATCH = 100;

/** An evaluation and the logits it saw, [count, classes]. */
export interface EvaluationRun {
  evaluation: Evaluation;
  logits: Float32Array;
}

/**
 * Evaluates a stored model on the test images of a data set, in the file's order.
 * @param onProgress images done
 */
export async function runEvaluation(
  stored: StoredModel,
  dataset: OpenedData,
  device: ActiveDevice,
  onProgress: (done: number) => void,
): Promise<EvaluationRun> {
  const classes = classCount(stored.network);
  const spec = inputSpec(inputNode(stored.network).values, stored.statistics);
  const source = new BatchSource(createBatchMaker(dataset.test, spec), spec, classes, BATCH);
  const logits = new Float32Array(dataset.test.count * classes);
  let written = 0;
  const model = buildModel(stored);
  try {
    const result = await evaluateModel(
      model,
      source,
      async (done) => {
        onProgress(done);
        // Lets a lost line be noticed: the process then ends.
        await setImmediate();
        return true;
      },
      (values) => {
        logits.set(values, written);
        written += values.length;
      },
    );
    if (!result) throw new StudioError({ code: 'cancelled', message: 'The evaluation was cancelled.' });
    onProgress(result.count);
    const evaluation = {
      type: 'evaluated',
      ...result,
      binarized: model.binarized,
      deviceDescription: device.description,
    } as const;
    return { evaluation, logits };
  } finally {
    model.dispose();
  }
}
