import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { chain } from '@shared/graph/chain';
import { uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import { TrainableModel } from '@main/engine/model/trainable-model';
import { channelStatistics } from '../../backends/reference-kernels';
import { activate, TEST_BACKENDS } from '../../backends/test-backends';
import { networkOf } from '../../packed/sample-models';

const SHAPE = [3, 2, 5, 4];

const NETWORK = networkOf(
  chain([
    ['in', 'input', 'Input', { height: 2, width: 5 }],
    ['bn', 'batchnorm', 'BN'],
    ['gap', 'globalavgpool', 'Pool'],
    ['out', 'output', 'Output'],
  ]),
  'mcn',
);

function batch(step: number): Float32Array {
  return uniforms(randomKey(2, 'init', 'batch', step), 3 * 2 * 5 * 4, step, step + 3);
}

/** One training pass over a batch; its statistics wait for an update. */
function train(model: TrainableModel, step: number): void {
  const images = tf.tensor4d(batch(step), [3, 2, 5, 4]);
  model.trainingPass(images, step).dispose();
  images.dispose();
}

describe.each(TEST_BACKENDS)('running statistics of batch norm on %s', (backend) => {
  beforeAll(() => activate(backend));

  it('follow torch.nn.BatchNorm2d: a tenth of the batch each time, the variance unbiased', async () => {
    const model = new TrainableModel(NETWORK, 1, 'uniform');
    const mean = new Float64Array(4);
    const variance = new Float64Array(4).fill(1);
    for (const step of [0, 1, 2]) {
      train(model, step);
      model.updateStatistics();
      const found = channelStatistics({ shape: SHAPE, data: Float64Array.from(batch(step)) });
      for (let channel = 0; channel < 4; channel++) {
        mean[channel] = 0.9 * mean[channel]! + 0.1 * found.mean[channel]!;
        variance[channel] = 0.9 * variance[channel]! + 0.1 * found.variance[channel]! * (30 / 29);
      }
    }
    const weights = await model.weights.read();
    for (let channel = 0; channel < 4; channel++) {
      expect(weights.get('bn/mean')![channel]).toBeCloseTo(mean[channel]!, 5);
      expect(weights.get('bn/variance')![channel]).toBeCloseTo(variance[channel]!, 5);
    }
    model.dispose();
  });

  it('stay as they are when the step came to nothing', async () => {
    const model = new TrainableModel(NETWORK, 1, 'uniform');
    const before = await model.weights.read();
    train(model, 0);
    model.dropStatistics();
    model.updateStatistics();
    expect(await model.weights.read()).toEqual(before);
    model.dispose();
  });
});
