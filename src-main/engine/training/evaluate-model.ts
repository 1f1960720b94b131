import * as tf from '@tensorflow/tfjs-core';
import { softmaxCrossEntropy } from '../model/kernels/softmax-cross-entropy';
import type { TrainableModel } from '../model/trainable-model';
import type { BatchSource } from './batch-source';

/** Mean cross-entropy and share classified right over a whole split. */
export interface TestResult {
  loss: number;
  accuracy: number;
  count: number;
}

/**
 * Runs a model over a split in the file's order, with running statistics and, once it has centers, binary filters.
 *
 * @param goOn awaited before every batch, with the images done so far; false gives up
 * @param onLogits sees the logits of every batch, [batch, classes], in order
 * @returns null when it was given up
 */
export async function evaluateModel(
  model: TrainableModel,
  source: BatchSource,
  goOn: (done: number) => Promise<boolean>,
  onLogits?: (logits: Float32Array) => void,
): Promise<TestResult | null> {
  let loss = 0;
  let correct = 0;
  let count = 0;
  for (let index = 0; index < source.batches; index++) {
    if (!(await goOn(count))) return null;
    const batch = await source.inOrder(index);
    const size = batch.images.shape[0];
    const [logits, batchLoss, hits] = tf.tidy(() => {
      const z = model.logits(batch.images);
      const judged = softmaxCrossEntropy(z, batch.oneHot);
      return [z, judged.loss, judged.correct] as const;
    });
    loss += (await batchLoss.data())[0]! * size;
    correct += (await hits.data())[0]!;
    count += size;
    onLogits?.(Float32Array.from(await logits.data()));
    tf.dispose([logits, batchLoss, hits, batch.images, batch.oneHot]);
  }
  return { loss: loss / count, accuracy: correct / count, count };
}
