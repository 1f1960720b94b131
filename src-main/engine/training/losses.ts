import * as tf from '@tensorflow/tfjs-core';
import { weightName } from '@shared/network/weight-name';
import type { TrainingSettings } from '@shared/training/settings';
import type { Means } from '../model/kernels/center-loss';
import { discreteTerm } from '../model/kernels/discrete-term';
import { filterLoss } from '../model/kernels/filter-loss';
import { softmaxCrossEntropy } from '../model/kernels/softmax-cross-entropy';
import type { TrainableModel } from '../model/trainable-model';
import type { TrainingPass, WeightGradients } from '../model/training-pass';
import type { FeatureCenters } from '../model/feature-centers';
import type { DeviceBatch } from './train-step';

/** Losses of a batch as tensors of the caller. */
export interface Losses {
  /** Raw: the softmax loss, the filter loss for theta = 1, the center loss for lambda = 1, the discrete term; images classified right. */
  scalars: Record<'softmax' | 'filter' | 'center' | 'discrete' | 'correct', tf.Scalar>;
  /** Of all trainable weights, all losses together. */
  gradients: WeightGradients;
  /** Class means after the batch. */
  means: Means | null;
}

/**
 * One batch forth and back (mcn.md, section 4): L_S, from the first binary step on the filter loss and the discrete term, and the center
 * loss where there are `centers`. Changes no weights and no means.
 *
 * @param rate eta1 of this step, which the discrete term takes
 */
export function lossesAndGradients(
  model: TrainableModel,
  settings: TrainingSettings,
  { images, oneHot }: DeviceBatch,
  step: number,
  rate: number,
  centers: FeatureCenters | null,
): Losses {
  const { mGradient, centerLoss: lambda } = settings;
  const pass = model.trainingPass(images, step, { mGradient, feature: centers?.feature });
  const logits = tf.reshape(pass.logits, oneHot.shape) as tf.Tensor2D;
  const softmax = softmaxCrossEntropy(logits, oneHot);
  const center = centers && centers.means.loss(flat(pass.feature!), oneHot);
  const dFeature =
    center && (tf.reshape(tf.mul(center.gradient, lambda), pass.feature!.shape) as tf.Tensor4D);
  const dLogits = tf.reshape(softmax.gradient, pass.logits.shape) as tf.Tensor4D;
  const gradients = pass.gradients(dLogits, dFeature ?? undefined);
  const filters =
    model.binarized && settings.filterLoss > 0
      ? addFilterLosses(model, pass, settings, gradients, rate)
      : { filter: tf.scalar(0), discrete: tf.scalar(0) };
  return {
    scalars: {
      softmax: softmax.loss,
      ...filters,
      center: center?.value ?? tf.scalar(0),
      correct: softmax.correct,
    },
    gradients,
    means: center?.means ?? null,
  };
}

function flat(feature: tf.Tensor4D): tf.Tensor2D {
  return tf.reshape(feature, [feature.shape[0], -1]);
}

/**
 * Adds theta times the gradients of the filter loss, and the discrete term if there is one, to those of C and M of every binary layer;
 * sums the raw values.
 */
function addFilterLosses(
  model: TrainableModel,
  pass: TrainingPass,
  { filterLoss: theta, filterLossForm, discreteTerm: form }: TrainingSettings,
  gradients: WeightGradients,
  rate: number,
): Pick<Losses['scalars'], 'filter' | 'discrete'> {
  let filter = tf.scalar(0);
  let discrete = tf.scalar(0);
  for (const { id } of model.binaryNodes) {
    const c = weightName(id, 'C');
    const m = weightName(id, 'M');
    const before = { filter, discrete, dChat: gradients[c] as tf.Tensor4D, dM: gradients[m]! };
    const layer = tf.tidy(() => {
      const latent = model.weights.get(id, 'C') as tf.Tensor as tf.Tensor4D;
      const modulation = model.weights.get(id, 'M') as tf.Tensor as tf.Tensor3D;
      const chat = pass.filters(id);
      const base = { dC: before.dChat, dM: before.dM, theta };
      const { value, dC, dM } = filterLoss(latent, chat, modulation, filterLossForm, base);
      const sums = { filter: tf.add(filter, value) as tf.Scalar, dM };
      if (form === 'off') return { ...sums, dC, discrete: tf.scalar(0) };
      const term = discreteTerm(form, { c: latent, chat, dChat: before.dChat, dC }, rate, theta);
      return { ...sums, dC: term.dC, discrete: tf.add(discrete, term.value) as tf.Scalar };
    });
    tf.dispose(before);
    ({ filter, discrete } = layer);
    gradients[c] = layer.dC;
    gradients[m] = layer.dM;
  }
  return { filter, discrete };
}
