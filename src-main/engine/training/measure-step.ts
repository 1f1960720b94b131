import * as tf from '@tensorflow/tfjs-core';
import { classCount } from '@shared/network/network';
import { lower } from '@shared/network/lower';
import { findPreset } from '@shared/network/presets';
import { profile } from '@shared/network/profile';
import type { MeasuredSpeed } from '@shared/training/run-outlook';
import { uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import { Sgd } from '../model/sgd';
import { TrainableModel } from '../model/trainable-model';
import { trainStep, type DeviceBatch } from './train-step';

/** The usual batch: a smaller one measures the overhead of many small operations. The first step warms up. */
const BATCH = 128;
const STEPS = 3;

function noise(shape: readonly [number, number, number], classes: number): DeviceBatch {
  const values = uniforms(randomKey(0, 'init', 'measure'), BATCH * shape[0] * shape[1] * shape[2], -1, 1);
  const oneHot = new Float32Array(BATCH * classes);
  for (let row = 0; row < BATCH; row++) oneHot[row * classes + (row % classes)] = 1;
  return { images: tf.tensor4d(values, [BATCH, ...shape]), oneHot: tf.tensor2d(oneHot, [BATCH, classes]) };
}

/**
 * Times training steps of the smallest preset with binary filters on the active device; the fastest counts. Frees what it makes.
 * @param beforeStep called before every step
 */
export async function measureStep(beforeStep: () => void): Promise<MeasuredSpeed> {
  const preset = findPreset('mcn-mnist-tiny')!;
  const network = lower(preset.document, 'mcn').network!;
  const model = new TrainableModel(network, 0, 'uniform');
  const optimizer = new Sgd(model.weights.weights, preset.settings);
  const batch = noise(model.inputShape, classCount(network));
  try {
    await model.fitCenters();
    let fastest = Infinity;
    for (let step = 0; step < STEPS; step++) {
      beforeStep();
      const began = performance.now();
      await trainStep(model, optimizer, preset.settings, batch, step, { filters: 0.01, modulation: 0.001 });
      fastest = Math.min(fastest, (performance.now() - began) / 1000);
    }
    return { imagesPerSecond: BATCH / fastest, multiplyAdds: profile(network).total.multiplyAdds };
  } finally {
    tf.dispose([batch.images, batch.oneHot]);
    model.dispose();
    optimizer.dispose();
  }
}
