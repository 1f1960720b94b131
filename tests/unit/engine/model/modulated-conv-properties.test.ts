import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { chain } from '@shared/graph/chain';
import { samePadding } from '@shared/ops/same-padding';
import { uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import { modulatedConv2D, modulatedConv2DBackprop } from '@main/engine/model/kernels/modulated-conv-2d';
import { TrainableModel } from '@main/engine/model/trainable-model';
import { activate, TEST_BACKENDS } from '../../backends/test-backends';
import { expectClose } from '../../../golden/golden-case';
import { networkOf } from '../../packed/sample-models';

interface Layer {
  batch: number;
  height: number;
  width: number;
  /** Input maps G, output maps H, planes K, kernel size W. */
  G: number;
  H: number;
  K: number;
  W: number;
  stride: number;
}

const layers: fc.Arbitrary<Layer> = fc.record({
  batch: fc.integer({ min: 1, max: 2 }),
  height: fc.integer({ min: 1, max: 6 }),
  width: fc.integer({ min: 1, max: 6 }),
  G: fc.integer({ min: 1, max: 3 }),
  H: fc.integer({ min: 1, max: 4 }),
  K: fc.integer({ min: 1, max: 8 }),
  W: fc.constantFrom(1, 3, 5),
  stride: fc.integer({ min: 1, max: 2 }),
});

function drawn(name: string, size: number): Float32Array {
  return uniforms(randomKey(9, 'init', name), size, -1, 1);
}

/** Every product of Eq. 8 with its places in F, C^, M and the output, in the engine's layouts. */
function* products({ batch, height, width, G, H, K, W, stride }: Layer) {
  const rows = samePadding(height, W, stride);
  const columns = samePadding(width, W, stride);
  for (let at = 0; at < batch * rows.out * columns.out; at++) {
    const row = Math.floor(at / columns.out) % rows.out;
    const image = Math.floor(at / (columns.out * rows.out));
    for (let tap = 0; tap < W * W; tap++) {
      const y = row * stride + Math.floor(tap / W) - rows.before;
      const x = (at % columns.out) * stride + (tap % W) - columns.before;
      if (y < 0 || x < 0 || y >= height || x >= width) continue;
      for (let from = 0; from < G * K; from++) {
        for (let h = 0; h < H; h++) {
          for (let k = 0; k < K; k++) {
            yield {
              f: ((image * height + y) * width + x) * G * K + from,
              c: (tap * G * K + from) * H + h,
              m: k * W * W + tap,
              out: (at * H + h) * K + k,
            };
          }
        }
      }
    }
  }
}

describe.each(TEST_BACKENDS)('modulated convolution on %s', (backend) => {
  beforeAll(() => activate(backend));

  it('is Eq. 8, and its gradients are those of Eq. 8, for any layer', () => {
    fc.assert(
      fc.property(layers, (layer) => {
        const { batch, height, width, G, H, K, W, stride } = layer;
        const out = [batch, Math.ceil(height / stride), Math.ceil(width / stride), H * K] as const;
        const values = {
          f: drawn('F', batch * height * width * G * K),
          c: drawn('C', W * W * G * K * H),
          m: drawn('M', K * W * W).map(Math.abs),
          dy: drawn(
            'dy',
            out.reduce((product, axis) => product * axis, 1),
          ),
        };
        const literal = {
          y: new Float64Array(values.dy.length),
          dx: new Float64Array(values.f.length),
          dC: new Float64Array(values.c.length),
          dM: new Float64Array(values.m.length),
        };
        for (const { f, c, m, out: at } of products(layer)) {
          const [feature, weight, modulation, upstream] = [
            values.f[f]!,
            values.c[c]!,
            values.m[m]!,
            values.dy[at]!,
          ];
          literal.y[at]! += feature * weight * modulation;
          literal.dx[f]! += upstream * weight * modulation;
          literal.dC[c]! += upstream * feature * modulation;
          literal.dM[m]! += upstream * feature * weight;
        }
        tf.tidy(() => {
          const x = { values: tf.tensor4d(values.f, [batch, height, width, G * K]), norm: null };
          const chat = tf.tensor4d(values.c, [W, W, G * K, H]);
          const m = tf.tensor3d(values.m, [K, W, W]);
          const upstream = { dy: tf.tensor4d(values.dy, [...out]), pooled: null, lazy: null };
          const { y } = modulatedConv2D(x, chat, m, stride, { statistics: false, pooling: null });
          const demand = { needsInput: true, reduce: false };
          const found = modulatedConv2DBackprop(x, chat, m, upstream, stride, demand);
          expectClose(y.dataSync(), literal.y, 1e-5);
          expectClose(found.dx!.dataSync(), literal.dx, 1e-5);
          expectClose(found.dChat.dataSync(), literal.dC, 1e-5);
          expectClose(found.dM.dataSync(), literal.dM, 1e-5);
        });
      }),
      { numRuns: 25, seed: 4 },
    );
  });

  it('hands the gradient of C^ on to C unchanged: at centers, on ties, next to them and far outside', () => {
    const centers = Float32Array.of(-0.5, 0.25, 1);
    // Ties go to the higher center; the least step below one does not.
    const below = (tie: number) => tie - 2 ** -20;
    const latent = [-0.5, 0.25, 1, -0.125, 0.625, below(-0.125), below(0.625), -1e3, 1e3];
    const nearest = [-0.5, 0.25, 1, 0.25, 1, -0.5, 0.25, -0.5, 1];
    const gradientOf = (weights: readonly number[]) => {
      const model = new TrainableModel(TIES, 1, 'uniform');
      model.weights.get('mc', 'C').assign(tf.tensor(weights, [3, 3, 1, 1]));
      model.setCenters(new Map([['mc', centers]]));
      const images = tf.tensor4d(drawn('images', 2 * 5 * 5), [2, 5, 5, 1]);
      const pass = model.trainingPass(images, 0);
      const gradients = pass.gradients(tf.tensor4d(drawn('dy', 2), [2, 1, 1, 1]));
      const found = gradients['mc/C']!.dataSync<'float32'>().slice();
      const chat = model.filters('mc').dataSync<'float32'>().slice();
      pass.dispose();
      model.dispose();
      return { found, chat };
    };
    tf.tidy(() => {
      const ties = gradientOf(latent);
      expect([...ties.chat]).toEqual(nearest);
      expect(ties.found.some((value) => value !== 0)).toBe(true);
      // What is already at its center has the same C^, and so the same gradient, bit for bit: nothing is clipped.
      expect(ties.found).toEqual(gradientOf(nearest).found);
    });
  });
});

const TIES = networkOf(
  chain([
    ['in', 'input', 'Input', { height: 5, width: 5, planes: 1 }],
    ['mc', 'mcconv', 'MCconv', { maps: 1, centers: 3 }],
    ['gap', 'globalavgpool', 'Pool'],
    ['out', 'output', 'Output'],
  ]),
);
