import * as tf from '@tensorflow/tfjs-core';
import type { Problem } from '@shared/problem';
import { filterLoss } from '../model/filter-loss';
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
  tf.tidy(() => {
    model.forward(batch.images, { step }, (name, y) => {
      if (found === null && !isFiniteTensor(y)) found = `output of ${name}`;
    });
  });
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

/** The problem of a run whose loss is not a finite number any more; names the layer and tensor where it began. */
export function divergence(model: TrainableModel, batch: DeviceBatch, step: number, epoch: number): Problem {
  return {
    code: 'diverged',
    message: `Training diverged at step ${step + 1} (epoch ${epoch}): the ${firstBad(model, batch, step)} is not a finite number.`,
    fix: 'Lower the learning rates, or go on from the last checkpoint with lower ones.',
  };
}
