import * as tf from '@tensorflow/tfjs-core';
import type { Problem } from '@shared/problem';
import { filterLoss } from '../model/kernels/filter-loss';
import type { TrainingState } from '../../run-folder/training-state';
import type { TrainableModel } from '../model/trainable-model';
import type { DeviceBatch } from './train-step';

function isFiniteTensor(tensor: tf.Tensor): boolean {
  return tf.tidy(() => tensor.dataSync().every((value) => Number.isFinite(value)));
}

/** Where the numbers first went bad: a weight, or the output of a layer. */
function firstBad(model: TrainableModel, batch: DeviceBatch, step: number): string {
  const weight = model.weights.weights.find(({ variable }) => !isFiniteTensor(variable));
  if (weight) return `weight ${weight.spec.name} of ${weight.node.name}`;
  let found: string | null = null;
  const pass = model.trainingPass(batch.images, step, (name, y) => {
    if (found === null && !isFiniteTensor(y)) found = `output of ${name}`;
  });
  pass.dispose();
  model.dropStatistics();
  return found ?? badFilterLoss(model) ?? 'softmax loss';
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

/** The problem of a run whose loss is not a finite number any more; names the layer and tensor where it began. */
export function divergence(model: TrainableModel, batch: DeviceBatch, step: number, epoch: number): Problem {
  return diverged(firstBad(model, batch, step), step + 1, epoch);
}

function allFinite(values: Float32Array | undefined): boolean {
  return values?.every((value) => Number.isFinite(value)) ?? true;
}

/**
 * The problem of a state that must not become a checkpoint: the loss of its last step was finite, but the update behind it was not.
 * null when all is well.
 */
export function stateDivergence(model: TrainableModel, state: TrainingState, epoch: number): Problem | null {
  for (const { name, node, spec } of model.weights.weights) {
    if (!allFinite(state.weights.get(name)))
      return diverged(`weight ${spec.name} of ${node.name}`, state.step, epoch);
    for (const [slot, values] of state.optimizer.slots) {
      if (!allFinite(values.get(name)))
        return diverged(`${slot} of ${spec.name} of ${node.name}`, state.step, epoch);
    }
  }
  return null;
}
