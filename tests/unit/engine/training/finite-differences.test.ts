import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { chain } from '@shared/graph/chain';
import { uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import { trainingFields } from '@shared/training/settings';
import { featureCenters } from '@main/engine/model/feature-centers';
import { tidied } from '@main/engine/model/tidied';
import { TrainableModel } from '@main/engine/model/trainable-model';
import { lossesAndGradients } from '@main/engine/training/losses';
import { activate, TEST_BACKENDS } from '../../backends/test-backends';
import { networkOf } from '../../packed/sample-models';

/** No ReLU and no maximum: the loss is smooth in all weights, and with binary filters in all but C. */
const SMOOTH = networkOf(
  chain([
    ['in', 'input', 'Input', { height: 6, width: 5, planes: 2 }],
    ['a', 'mcconv', 'A', { maps: 3 }],
    ['bn', 'batchnorm', 'BN'],
    ['b', 'mcconv', 'B', { maps: 2, stride: 2 }],
    ['bn2', 'batchnorm', 'BN 2'],
    ['flatten', 'flatten', 'Flatten'],
    ['fc', 'dense', 'Dense', { units: 3 }],
    ['out', 'output', 'Output'],
  ]),
);

const SETTINGS = { ...defaultsOf(trainingFields), filterLoss: 0.02, centerLoss: 0.3 };
const LABELS = [0, 1, 1, 0];
const STEP = 4e-3;

function drawn(name: string, size: number, low = -1, high = 1): Float32Array {
  return uniforms(randomKey(21, 'init', name), size, low, high);
}

function batch() {
  const rows = LABELS.map((label) => [0, 1, 2].map((index) => (index === label ? 1 : 0)));
  return {
    images: tf.tensor4d(drawn('images', LABELS.length * 60), [LABELS.length, 6, 5, 2]),
    oneHot: tf.tensor2d(rows, [LABELS.length, 3]),
  };
}

describe.each(TEST_BACKENDS)('finite differences of the loss on %s', (backend) => {
  beforeAll(() => activate(backend));

  it.each([
    ['float', /\/(C|M|gamma|beta|kernel|bias)$/, 10],
    ['binary', /\/(M|gamma|beta|kernel|bias)$/, 8],
  ] as const)('with %s filters equal the gradients', async (kind, smooth, count) => {
    const model = new TrainableModel(SMOOTH, 5, 'uniform');
    const centers = featureCenters(SMOOTH, SETTINGS)!;
    const means = [0, 1].map(
      (label) => [String(label), drawn(`mean ${label}`, centers.means.features)] as const,
    );
    centers.means.write(new Map(means));
    if (kind === 'binary') await model.fitCenters();
    const data = batch();
    const lossesNow = () =>
      tidied(() => {
        const { scalars, gradients } = lossesAndGradients(model, SETTINGS, data, 0, 0, centers);
        model.dropStatistics();
        const [softmax, filter, center] = [scalars.softmax, scalars.filter, scalars.center].map(
          (scalar) => scalar.dataSync()[0]!,
        ) as [number, number, number];
        const values = Object.entries(gradients).map(
          ([name, tensor]) => [name, tensor.dataSync<'float32'>().slice()] as const,
        );
        return {
          total: softmax + SETTINGS.filterLoss * filter + SETTINGS.centerLoss * center,
          gradients: new Map(values),
        };
      });
    const { gradients } = lossesNow();
    const checked = [...gradients.keys()].filter((name) => smooth.test(name));
    expect(checked).toHaveLength(count);
    const start = await model.weights.read();
    for (const name of checked) {
      const direction = drawn(`direction of ${name}`, start.get(name)!.length);
      const along = gradients.get(name)!.reduce((sum, value, at) => sum + value * direction[at]!, 0);
      const [up, down] = [STEP, -STEP].map((step) => {
        const moved = start.get(name)!.map((value, at) => value + step * direction[at]!);
        model.weights.write(new Map([...start, [name, moved]]));
        return lossesNow().total;
      }) as [number, number];
      model.weights.write(start);
      const norm = Math.hypot(...gradients.get(name)!);
      expect(Math.abs((up - down) / (2 * STEP) - along), name).toBeLessThan(0.01 * Math.max(norm, 0.05));
    }
    tf.dispose([data.images, data.oneHot]);
    centers.means.dispose();
    model.dispose();
  });
});
