import * as tf from '@tensorflow/tfjs-core';
import type { Problem } from '@shared/problem';
import { filterLoss } from '../model/kernels/filter-loss';
import { allFinite, finiteCheck } from '../model/kernels/finite-check';
import type { LayerWatch } from '../model/run-layers';
import type { TrainingState } from '../../run-folder/training-state';
import { softmaxCrossEntropy } from '../model/kernels/softmax-cross-entropy';
import { tidied } from '../model/tidied';
import type { TrainableModel } from '../model/trainable-model';
import type { WeightGradients } from '../model/training-pass';
import type { DeviceBatch } from './train-step';

/** Tensors that belong together, and a scalar that is 0 when they are all finite numbers. */
interface Check {
  what: string;
  check: tf.Scalar;
}

/** What the first of the checks that fails is of; null when all hold. Disposes the checks. */
async function firstFailed(checks: readonly Check[]): Promise<string | null> {
  const values = await Promise.all(checks.map(({ check }) => check.data()));
  tf.dispose(checks.map(({ check }) => check));
  return checks.find((_check, index) => values[index]![0] !== 0)?.what ?? null;
}

/**
 * Where the numbers first went bad on the way forth: a weight, the output of a layer, batch statistics, or a loss. A bad value in
 * front of a batch norm shows in its statistics, also one that a ReLU hides.
 */
function firstBad(model: TrainableModel, batch: DeviceBatch, step: number): Promise<string | null> {
  const checks: Check[] = [];
  const see = (what: string, tensors: Record<string, tf.Tensor>): void => {
    checks.push({ what, check: tf.keep(finiteCheck(tensors)) });
  };
  tidied(() => {
    for (const { spec, node, variable } of model.weights.weights)
      see(`weight ${spec.name} of ${node.name}`, { variable });
    const watch: LayerWatch = (name, y) => {
      see(`output of ${name}`, { y });
    };
    const pass = model.trainingPass(batch.images, step, { watch });
    for (const [name, { mean, variance }] of model.statistics)
      see(`batch statistics of ${name}`, { mean, variance });
    see('softmax loss', { loss: softmaxLoss(pass.logits, batch) });
    for (const { id, name } of model.binaryNodes) {
      const c = model.weights.get(id, 'C') as tf.Tensor as tf.Tensor4D;
      const m = model.weights.get(id, 'M') as tf.Tensor as tf.Tensor3D;
      see(`filter loss of ${name}`, { value: filterLoss(c, model.filters(id), m, 'per-plane').value });
    }
    pass.dispose();
    model.dropStatistics();
  });
  return firstFailed(checks);
}

function softmaxLoss(logits: tf.Tensor4D, { oneHot }: DeviceBatch): tf.Scalar {
  return softmaxCrossEntropy(tf.reshape(logits, oneHot.shape) as tf.Tensor2D, oneHot).loss;
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
export function firstBadGradient(model: TrainableModel, gradients: WeightGradients): Promise<string | null> {
  const backwards = [...model.weights.weights].reverse().filter(({ name }) => name in gradients);
  return firstFailed(
    backwards.map(({ name, spec, node }) => ({
      what: `gradient of ${spec.name} of ${node.name}`,
      check: finiteCheck({ gradient: gradients[name]! }),
    })),
  );
}

/**
 * The problem of a run in which a batch led to numbers that are not finite; names the layer and tensor where it began. Goes forth once
 * more to find it, unless it was a gradient.
 */
export async function divergence(
  model: TrainableModel,
  batch: DeviceBatch,
  badGradient: string | null,
  step: number,
  epoch: number,
): Promise<Problem> {
  const where = badGradient ?? (await firstBad(model, batch, step)) ?? 'center loss';
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
