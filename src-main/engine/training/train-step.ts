import * as tf from '@tensorflow/tfjs-core';
import { weightName } from '@shared/network/weight-name';
import type { TrainingSettings } from '@shared/training/settings';
import { filterLoss } from '../model/kernels/filter-loss';
import type { Optimizer } from '../model/optimizer';
import { softmaxCrossEntropy } from '../model/kernels/softmax-cross-entropy';
import type { TrainableModel } from '../model/trainable-model';
import type { TrainingPass, WeightGradients } from '../model/training-pass';

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

/**
 * One step of mcn.md, section 5: one backward pass; both gradients at the old values; C and all other weights first, then M with
 * |.|. The filter loss counts as soon as the filters are binary. Nothing is updated when the loss is not finite.
 *
 * @param rates learning rates eta1 and eta2 of this step
 */
export async function trainStep(
  model: TrainableModel,
  optimizer: Optimizer,
  settings: TrainingSettings,
  batch: DeviceBatch,
  step: number,
  rates: { filters: number; modulation: number },
): Promise<StepResult> {
  const { scalars, gradients } = tf.tidy(() => lossesAndGradients(model, settings, batch, step));
  const [softmaxLoss, raw, correct] = (await scalars.data()) as Float32Array;
  const filterRaw = raw!;
  if (Number.isFinite(softmaxLoss! + filterRaw)) {
    optimizer.step(gradients, rates.filters, rates.modulation);
    model.updateStatistics();
  } else {
    model.dropStatistics();
  }
  tf.dispose([scalars, gradients]);
  return {
    softmaxLoss: softmaxLoss!,
    filterLoss: settings.filterLoss * filterRaw,
    filterRaw,
    correct: correct!,
  };
}

/** Forth and back: [softmax loss, raw filter loss, number classified right] as one tensor to be read at once, and all gradients. */
function lossesAndGradients(
  model: TrainableModel,
  settings: TrainingSettings,
  { images, oneHot }: DeviceBatch,
  step: number,
): { scalars: tf.Tensor1D; gradients: WeightGradients } {
  const pass = model.trainingPass(images, step);
  const logits = tf.reshape(pass.logits, oneHot.shape) as tf.Tensor2D;
  const { loss, gradient, correct } = softmaxCrossEntropy(logits, oneHot);
  const gradients = pass.gradients(tf.reshape(gradient, pass.logits.shape));
  const raw =
    model.binarized && settings.filterLoss > 0
      ? addFilterLoss(model, pass, settings, gradients)
      : tf.scalar(0);
  return { scalars: tf.stack([loss, raw, correct]) as tf.Tensor1D, gradients };
}

/** Adds theta times the gradients of the filter loss to those of C and M; returns the raw loss over all layers. */
function addFilterLoss(
  model: TrainableModel,
  pass: TrainingPass,
  { filterLoss: theta, filterLossForm }: TrainingSettings,
  gradients: WeightGradients,
): tf.Scalar {
  let total = tf.scalar(0);
  for (const { id } of model.binaryNodes) {
    const c = weightName(id, 'C');
    const m = weightName(id, 'M');
    const before = [total, gradients[c]!, gradients[m]!];
    const layer = tf.tidy(() => {
      const latent = model.weights.get(id, 'C') as tf.Tensor as tf.Tensor4D;
      const modulation = model.weights.get(id, 'M') as tf.Tensor as tf.Tensor3D;
      const base = { dC: gradients[c]!, dM: gradients[m]!, theta };
      const { value, dC, dM } = filterLoss(latent, pass.filters(id), modulation, filterLossForm, base);
      return { total: tf.add(total, value) as tf.Scalar, dC, dM };
    });
    tf.dispose(before);
    total = layer.total;
    gradients[c] = layer.dC;
    gradients[m] = layer.dM;
  }
  return total;
}
