import * as tf from '@tensorflow/tfjs-core';
import type { TrainingSettings } from '@shared/training/settings';
import { finiteCheck } from '../model/kernels/finite-check';
import type { Optimizer } from '../model/optimizer';
import { tidied } from '../model/tidied';
import type { TrainableModel } from '../model/trainable-model';
import { firstBadGradient } from './divergence';
import type { FeatureCenters } from '../model/feature-centers';
import { lossesAndGradients } from './losses';

/** Losses of one step as they entered the total, and how many images were classified right. */
export interface StepResult {
  /** The total: softmax, filter and center loss. */
  loss: number;
  softmaxLoss: number;
  filterLoss: number;
  /** The filter loss for theta = 1. */
  filterRaw: number;
  centerLoss: number;
  /** The center loss for lambda = 1. */
  centerRaw: number;
  /** theta times the raw value; acts as a gradient only. */
  discreteLoss: number;
  /** 1/2 sum || C^ + eta1 dC^ - C ||^2. */
  discreteRaw: number;
  correct: number;
  /** Whether losses, batch statistics and gradients are finite numbers, and so the step was done. */
  done: boolean;
  /** The first gradient on the way back that is not finite; null when there is none, or when numbers went bad on the way forth. */
  badGradient: string | null;
}

/** One batch on the device: images as the input node wants them, labels one-hot. */
export interface DeviceBatch {
  images: tf.Tensor4D;
  oneHot: tf.Tensor2D;
}

/**
 * One step of mcn.md, section 5: one backward pass; both gradients at the old values; C and all other weights first, then M with
 * |.|; then class means and running statistics. Nothing is updated when a loss, a statistic or a gradient is not finite.
 *
 * @param rates learning rates eta1 and eta2 of this step
 * @param centers for the center loss; null where it does not count
 */
export async function trainStep(
  model: TrainableModel,
  optimizer: Optimizer,
  settings: TrainingSettings,
  batch: DeviceBatch,
  step: number,
  rates: { filters: number; modulation: number },
  centers: FeatureCenters | null = null,
): Promise<StepResult> {
  const { scalars, gradients, means } = tidied(() => {
    const { scalars, ...rest } = lossesAndGradients(model, settings, batch, step, rates.filters, centers);
    const { softmax, filter, center, discrete, correct } = scalars;
    const checks = [statisticsCheck(model), finiteCheck(rest.gradients)];
    return { scalars: tf.stack([softmax, filter, center, discrete, correct, ...checks]), ...rest };
  });
  const [softmaxLoss, filterRaw, centerRaw, discreteRaw, correct, statistics, back] =
    await readScalars(scalars);
  const filterLoss = settings.filterLoss * filterRaw;
  const centerLoss = settings.centerLoss * centerRaw;
  const loss = softmaxLoss + filterLoss + centerLoss;
  const forth = Number.isFinite(loss + filterRaw + centerRaw + statistics);
  const done = forth && Number.isFinite(back);
  if (done) {
    optimizer.step(gradients, rates.filters, rates.modulation);
    if (means) centers!.means.update(means);
    model.updateStatistics();
  } else {
    model.dropStatistics();
  }
  const badGradient = forth && !done ? await firstBadGradient(model, gradients) : null;
  tf.dispose([scalars, gradients]);
  if (means) tf.dispose([means.values, means.known]);
  return {
    loss,
    softmaxLoss,
    filterLoss,
    filterRaw,
    centerLoss,
    centerRaw,
    discreteLoss: settings.filterLoss * discreteRaw,
    discreteRaw,
    correct,
    done,
    badGradient,
  };
}

/** 0 when the batch statistics of the last pass are finite numbers, NaN otherwise. */
function statisticsCheck(model: TrainableModel): tf.Scalar {
  const all = [...model.statistics].flatMap(([name, { mean, variance }]) => [
    [`mean of ${name}`, mean],
    [`variance of ${name}`, variance],
  ]);
  return finiteCheck(Object.fromEntries(all) as Record<string, tf.Tensor>);
}

type Scalars = [number, number, number, number, number, number, number];

async function readScalars(scalars: tf.Tensor): Promise<Scalars> {
  return [...(await scalars.data<'float32'>())] as Scalars;
}
