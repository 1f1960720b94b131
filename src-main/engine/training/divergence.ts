import * as tf from '@tensorflow/tfjs-core';
import type { Problem } from '@shared/problem';
import { filterLoss } from '../model/kernels/filter-loss';
import { allFinite } from '../model/kernels/finite-check';
import type { LayerWatch } from '../model/run-layers';
import type { TrainingState } from '../../run-folder/training-state';
import { softmaxCrossEntropy } from '../model/kernels/softmax-cross-entropy';
import { tidied } from '../model/tidied';
import type { TrainableModel } from '../model/trainable-model';
import type { WeightGradients } from '../model/training-pass';
import type { DeviceBatch } from './train-step';

function isFiniteTensor(tensor: tf.Tensor): boolean {
  return allFinite(tensor.dataSync<'float32'>());
}

/** Where the numbers first went bad on the way forth: a weight, the output of a layer, batch statistics, or a loss. */
function firstBad(model: TrainableModel, batch: DeviceBatch, step: number): string {
  const weight = model.weights.weights.find(({ variable }) => !isFiniteTensor(variable));
  if (weight) return `weight ${weight.spec.name} of ${weight.node.name}`;
  let found: string | null = null;
  const watch: LayerWatch = (name, y) => {
    if (found === null && !isFiniteTensor(y)) found = `output of ${name}`;
  };
  const pass = model.trainingPass(batch.images, step, { watch });
  const statistics = model.badStatistics;
  if (found === null && statistics !== null) found = `batch statistics of ${statistics}`;
  if (found === null && !isFiniteTensor(softmaxLoss(pass.logits, batch))) found = 'softmax loss';
  pass.dispose();
  model.dropStatistics();
  return found ?? badFilterLoss(model) ?? 'center loss';
}

function softmaxLoss(logits: tf.Tensor4D, { oneHot }: DeviceBatch): tf.Scalar {
  return softmaxCrossEntropy(tf.reshape(logits, oneHot.shape) as tf.Tensor2D, oneHot).loss;
}

/** The layer whose filters are still numbers, but whose squared error is none any more. */
function badFilterLoss(model: TrainableModel): string | null {
  const node = model.binaryNodes.find(({ id }) =>
    tf.tidy(() => {
      const c = model.weights.get(id, 'C') as tf.Tensor as tf.Tensor4D;
      const m = model.weights.get(id, 'M') as tf.Tensor as tf.Tensor3D;
      return !isFiniteTensor(filterLoss(c, model.filters(id), m, 'per-plane').value);
    }),
  );
  return node ? `filter loss of ${node.name}` : null;
}

function diverged(where: string, step: number, epoch: number): Problem {
  return {
    code: 'diverged',
    message: `Training diverged at step ${step} (epoch ${epoch}): the ${where} is not a finite number.`,
    fix: 'Lower the learning rates, or go on from the last checkpoint with lower ones.',
  };
}

/**
 * The gradient that is not finite of the last layer that has one: the way back came there first. null when all are finite.
 * @param gradients by weight name
 */
export function firstBadGradient(model: TrainableModel, gradients: WeightGradients): string | null {
  const bad = model.weights.weights.filter(
    ({ name }) => name in gradients && !isFiniteTensor(gradients[name]!),
  );
  const last = bad.at(-1);
  return last ? `gradient of ${last.spec.name} of ${last.node.name}` : null;
}

/**
 * The problem of a run in which a batch led to numbers that are not finite; names the layer and tensor where it began. Goes forth once
 * more to find it, unless it was a gradient.
 */
export function divergence(
  model: TrainableModel,
  batch: DeviceBatch,
  badGradient: string | null,
  step: number,
  epoch: number,
): Problem {
  const where = badGradient ?? tidied(() => firstBad(model, batch, step));
  return diverged(where, step + 1, epoch);
}

/**
 * The problem of a state that must not become a checkpoint: the loss of its last step was finite, but the update behind it was not.
 * null when all is well.
 */
export function stateDivergence(model: TrainableModel, state: TrainingState, epoch: number): Problem | null {
  for (const { name, node, spec } of model.weights.weights) {
    if (!allFinite(state.weights.get(name)!))
      return diverged(`weight ${spec.name} of ${node.name}`, state.step, epoch);
    for (const [slot, values] of state.optimizer.slots) {
      if (!allFinite(values.get(name) ?? new Float32Array(0)))
        return diverged(`${slot} of ${spec.name} of ${node.name}`, state.step, epoch);
    }
  }
  return null;
}
