// Registers the gradients of all operations; the core package alone has none.
import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { weightName } from '@shared/network/weight-name';
import type { TrainingSettings } from '@shared/training/settings';
import { filterLoss } from '../model/filter-loss';
import type { Sgd } from '../model/sgd';
import { softmaxCrossEntropy } from '../model/softmax-cross-entropy';
import type { TrainableModel } from '../model/trainable-model';

/** Losses of one step as they entered the total, and how many images were classified right. */
export interface StepResult {
  softmaxLoss: number;
  filterLoss: number;
  /** The filter loss for theta = 1. */
  filterRaw: number;
  correct: number;
}

/** One batch on the device: images as the input node wants them, labels one-hot. */
export interface DeviceBatch {
  images: tf.Tensor4D;
  oneHot: tf.Tensor2D;
}

/** Number of rows whose largest logit stands at the label. */
export function correctCount(logits: tf.Tensor2D, oneHot: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const hits = tf.equal(tf.argMax(logits, 1), tf.argMax(oneHot, 1));
    return tf.sum(tf.cast(hits, 'float32')) as tf.Scalar;
  });
}

/**
 * One step of mcn.md, section 5: one backward pass; both gradients at the old values; C and all other weights first, then M with
 * |.|. The filter loss counts as soon as the filters are binary. Nothing is updated when the loss is not finite.
 *
 * @param rates learning rates eta1 and eta2 of this step
 */
export async function trainStep(
  model: TrainableModel,
  optimizer: Sgd,
  settings: TrainingSettings,
  batch: DeviceBatch,
  step: number,
  rates: { filters: number; modulation: number },
): Promise<StepResult> {
  let correct!: tf.Scalar;
  const variables = model.weights.weights
    .filter(({ spec }) => spec.trainable)
    .map(({ variable }) => variable);
  const { value, grads } = tf.variableGrads(() => {
    const logits = model.forward(batch.images, { step });
    correct = tf.keep(correctCount(logits, batch.oneHot));
    return softmaxCrossEntropy(logits, batch.oneHot);
  }, variables);
  const gradients = new Map<string, tf.Tensor>();
  for (const { name, variable } of model.weights.weights) {
    const gradient = grads[variable.name];
    if (gradient) gradients.set(name, gradient);
  }
  const filterRaw =
    model.binarized && settings.filterLoss > 0 ? addFilterLoss(model, settings, gradients) : null;
  const softmaxLoss = (await value.data())[0]!;
  const raw = filterRaw === null ? 0 : (await filterRaw.data())[0]!;
  const result = {
    softmaxLoss,
    filterLoss: settings.filterLoss * raw,
    filterRaw: raw,
    correct: (await correct.data())[0]!,
  };
  if (Number.isFinite(softmaxLoss + raw)) {
    optimizer.step(gradients, rates.filters, rates.modulation);
    model.updateStatistics();
  } else {
    model.dropStatistics();
  }
  tf.dispose([value, correct, ...gradients.values(), ...(filterRaw ? [filterRaw] : [])]);
  return result;
}

/** Adds theta times the gradients of the filter loss to those of C and M; returns the raw loss over all layers. */
function addFilterLoss(
  model: TrainableModel,
  settings: TrainingSettings,
  gradients: Map<string, tf.Tensor>,
): tf.Scalar {
  let total: tf.Scalar = tf.scalar(0);
  for (const node of model.binaryNodes) {
    const c = model.weights.get(node.id, 'C') as tf.Tensor as tf.Tensor4D;
    const m = model.weights.get(node.id, 'M') as tf.Tensor as tf.Tensor3D;
    const chat = tf.tidy(() => model.filters(node.id));
    const loss = filterLoss(c, chat, m, settings.filterLossForm);
    accumulate(gradients, weightName(node.id, 'C'), loss.dC, settings.filterLoss);
    accumulate(gradients, weightName(node.id, 'M'), loss.dM, settings.filterLoss);
    const sum = tf.add(total, loss.value) as tf.Scalar;
    tf.dispose([total, chat, loss.value, loss.dC, loss.dM]);
    total = sum;
  }
  return total;
}

function accumulate(
  gradients: Map<string, tf.Tensor>,
  name: string,
  addition: tf.Tensor,
  factor: number,
): void {
  const old = gradients.get(name)!;
  gradients.set(
    name,
    tf.tidy(() => tf.add(old, tf.mul(addition, factor))),
  );
  old.dispose();
}
