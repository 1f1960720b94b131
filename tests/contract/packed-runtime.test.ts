import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { activateWasm } from '@main/backends/wasm/activate-wasm';
import { TrainableModel } from '@main/engine/model/trainable-model';
import { binarizeInto } from '@shared/binarization/assign-centers';
import { FAMILIES } from '@shared/graph/family';
import { lower } from '@shared/network/lower';
import { mcconvNodes, type Network } from '@shared/network/network';
import { profile } from '@shared/network/profile';
import { weightName } from '@shared/network/weight-name';
import { ops } from '@shared/ops/index';
import { shapeSize } from '@shared/ops/shape';
import type { PackedModel } from '@shared/packed/packed-model';
import { createRuntime } from '@shared/packed/runtime/create-runtime';
import { uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import { dataFor, drawnWeights, networkOf, read, written } from '../unit/packed/sample-models';
import { smallDesigns } from './small-networks';

const BATCH = 3;

const cases = smallDesigns.flatMap(({ name, document }) =>
  FAMILIES.map((family) => [name, family, networkOf(document, family)] as const),
);

/** A model of the engine with drawn weights, statistics included, and centers; disposed by `use`'s end. */
async function withEngine(network: Network, use: (model: TrainableModel) => Promise<void>): Promise<void> {
  const model = new TrainableModel(network, 1, 'uniform');
  try {
    model.weights.write(drawnWeights(network));
    await model.fitCenters();
    await use(model);
  } finally {
    model.dispose();
  }
}

async function packedOf(model: TrainableModel): Promise<PackedModel> {
  return {
    network: model.network,
    weights: await model.weights.read(),
    centers: model.centers,
    data: dataFor(model.network),
    testAccuracy: null,
    creator: 'MCN Studio test',
  };
}

function images(network: Network): Float32Array {
  return uniforms(randomKey(2, 'init', 'images'), BATCH * shapeSize(network.nodes[0]!.shape), -1, 2);
}

/** Logits of the engine, and the shape of every layer's output as it was built. */
async function engineLogits(model: TrainableModel, x: Float32Array) {
  const shapes: number[][] = [];
  const z = tf.tidy(() =>
    model.logits(tf.tensor4d(x, [BATCH, ...model.inputShape]), (_name, y) => shapes.push(y.shape)),
  );
  const logits = Float32Array.from(await z.data());
  z.dispose();
  return { logits, shapes };
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

beforeAll(activateWasm);

describe('the small networks', () => {
  it('hold every primitive of the registry', () => {
    const used = new Set(cases.flatMap(([, , network]) => network.nodes.map((node) => node.type)));
    expect([...used].sort()).toEqual(Object.keys(ops).sort());
  });

  it('lower without a problem in every family', () => {
    for (const { document } of smallDesigns) {
      for (const family of FAMILIES) expect(lower(document, family).problems).toEqual([]);
    }
  });
});

describe.each(cases)('%s as %s', (_name, _family, network) => {
  it('is built with the inferred shapes and the counted weights, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await withEngine(network, async (model) => {
      const { shapes } = await engineLogits(model, images(network));
      expect(shapes).toEqual(network.nodes.map((node) => [BATCH, ...node.shape]));
      const built = model.weights.weights.filter(({ spec }) => spec.trainable);
      const count = built.reduce((sum, { variable }) => sum + variable.size, 0);
      expect(count).toBe(profile(network).total.weights);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('computes from its packed file what the engine computes', async () => {
    await withEngine(network, async (model) => {
      const x = images(network);
      const { logits } = await engineLogits(model, x);
      const runtime = createRuntime(read(written(await packedOf(model)).bytes).model);
      const own = runtime.logits(x, BATCH);
      expect(own.length).toBe(logits.length);
      expect(largest(logits)).toBeGreaterThan(1e-3);
      const difference = largest(own.map((value, index) => value - logits[index]!));
      expect(difference / largest(logits)).toBeLessThanOrEqual(1e-4);
    });
  });

  it('stores every weight of C^ as the center that the engine computes with', async () => {
    await withEngine(network, async (model) => {
      const packed = await packedOf(model);
      const stored = read(written(packed).bytes).model;
      const binary = mcconvNodes(network).filter((node) => node.values.binary);
      expect([...stored.centers.keys()]).toEqual(binary.map((node) => node.id));
      for (const [name, values] of packed.weights) {
        const node = binary.find((candidate) => weightName(candidate.id, 'C') === name);
        const expected = values.slice();
        if (node) {
          const centers = packed.centers.get(node.id)!;
          expect(centers.length).toBe(node.values.centers);
          expect(stored.centers.get(node.id)).toEqual(centers);
          binarizeInto(values, centers, expected);
          expect(new Set(expected).size).toBeGreaterThan(1);
        }
        expect(stored.weights.get(name)).toEqual(expected);
      }
      expect(stored.weights.size).toBe(packed.weights.size);
    });
  });
});
