import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { benchPeer } from '@main/engine/training/bench-peer';
import { trainStep, type DeviceBatch } from '@main/engine/training/train-step';
import { Sgd } from '@main/engine/model/sgd';
import { TrainableModel } from '@main/engine/model/trainable-model';
import { defaultsOf } from '@shared/fields/check-value';
import type { Family } from '@shared/graph/family';
import { lower } from '@shared/network/lower';
import { classCount } from '@shared/network/network';
import { normals } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import { trainingFields } from '@shared/training/settings';
import { smallDesigns } from '../../contract/small-networks';
import { activate } from '../backends/test-backends';
import { loadBench, type TorchPeer, type TorchPeerModule } from './bench-modules';

const peerModule = await loadBench<TorchPeerModule>('torch-peer.mjs');
const torch = await peerModule.findTorch();

const BATCH = 6;
const STEPS = 3;
/** Rates at which a wrong gradient shows, and a theta at which the filter loss does. */
const RATES = { filters: 0.05, modulation: 0.02 };
const SETTINGS = { ...defaultsOf(trainingFields), filterLoss: 0.01, weightDecay: 5e-3 };

const CASES: readonly [design: string, family: Family][] = [
  ['MCconv, K = 4, n = 2', 'mcn'],
  ['MCconv, K = 3, n = 4', 'mcn'],
  ['residual stages of mcn-basic', 'mcn'],
  ['residual stages of mcn-basic', 'umcn'],
  ['residual stages of mcn-basic', 'wrn'],
  ['pools with overlapping and overhanging windows', 'mcn'],
  ['Concat, PadMaps and Add of three branches', 'mcn'],
];

function makeModel(design: string, family: Family): TrainableModel {
  const { document } = smallDesigns.find(({ name }) => name === design)!;
  const model = new TrainableModel(lower(document, family).network!, 3, 'uniform');
  onTestFinished(() => {
    model.dispose();
  });
  return model;
}

function makeBatch(model: TrainableModel): DeviceBatch & { values: Float32Array } {
  const [height, width, channels] = model.inputShape;
  const classes = classCount(model.network);
  const values = normals(randomKey(5, 'init', 'images'), BATCH * height * width * channels);
  const labels = Array.from({ length: BATCH }, (_, row) => row % classes);
  const batch = {
    images: tf.tensor4d(values, [BATCH, height, width, channels]),
    oneHot: tf.oneHot(tf.tensor1d(labels, 'int32'), classes) as tf.Tensor2D,
  };
  onTestFinished(() => {
    tf.dispose(batch);
  });
  return { ...batch, values };
}

async function startPeer(
  model: TrainableModel,
  images: Float32Array,
  format: 'contiguous' | 'channels_last',
  rates = RATES,
): Promise<TorchPeer> {
  const arrays = (map: ReadonlyMap<string, Float32Array>): Record<string, number[]> =>
    Object.fromEntries([...map].map(([name, values]) => [name, [...values]]));
  const peer = new peerModule.TorchPeer(
    {
      ...benchPeer(model, SETTINGS, rates),
      batch: BATCH,
      threads: 1,
      format,
      given: {
        weights: arrays(await model.weights.read()),
        centers: arrays(model.centers),
        images: [...images],
      },
    },
    'kept',
  );
  onTestFinished(() => peer.close());
  await peer.ready();
  return peer;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, index) => Math.abs(value - b[index]!)));
}

describe('the network that PyTorch is measured with', () => {
  beforeAll(() => activate('wasm'));

  it.for(CASES)('is ours: %s as %s', async ([design, family], { skip }) => {
    if (torch.problem !== null) skip(torch.problem);
    const model = makeModel(design, family);
    await model.fitCenters();
    const optimizer = new Sgd(model.weights.weights, SETTINGS);
    onTestFinished(() => {
      optimizer.dispose();
    });
    const batch = makeBatch(model);
    const peer = await startPeer(model, batch.values, 'channels_last');

    const logits = model.logits(batch.images);
    expect(largestDifference(logits.dataSync(), (await peer.ask({ cmd: 'logits' })).logits)).toBeLessThan(
      1e-3,
    );
    logits.dispose();

    const before = await model.weights.read();
    for (let step = 0; step < STEPS; step++) {
      const ours = await trainStep(model, optimizer, SETTINGS, batch, step, RATES);
      const theirs = await peer.ask({ cmd: 'step' });
      expect(Math.abs(ours.softmaxLoss + ours.filterLoss - theirs.loss)).toBeLessThan(1e-3);
    }
    const { weights } = await peer.ask({ cmd: 'weights' });
    for (const [name, values] of await model.weights.read()) {
      const moved = largestDifference(values, before.get(name)!);
      const apart = largestDifference(values, weights[name]!);
      expect(moved, name).toBeGreaterThan(0);
      expect(apart, name).toBeLessThan(0.01 * moved + 1e-5);
    }
  });

  it('has Flatten and Dropout where we have them', async ({ skip }) => {
    if (torch.problem !== null) skip(torch.problem);
    const model = makeModel('MNIST network with Flatten, Dense and Dropout', 'mcn');
    await model.fitCenters();
    const batch = makeBatch(model);
    const peer = await startPeer(model, batch.values, 'contiguous', { filters: 0, modulation: 0 });
    const logits = model.logits(batch.images);
    expect(largestDifference(logits.dataSync(), (await peer.ask({ cmd: 'logits' })).logits)).toBeLessThan(
      1e-3,
    );
    logits.dispose();
    // Nothing is learned at rate 0: only the masks differ.
    const first = await peer.ask({ cmd: 'step' });
    const second = await peer.ask({ cmd: 'step' });
    expect(first.loss).not.toBe(second.loss);
    expect(first.peakBytes).toBeGreaterThan(2 ** 20);
  });
});

describe('a PyTorch that fails', () => {
  it('is not there: says so, and how to get it', async () => {
    const { problem } = await peerModule.findTorch('/nowhere/python3');
    expect(problem).toContain('/nowhere/python3');
    expect(problem).toContain(peerModule.INSTALL);
    expect(peerModule.INSTALL).toBe('apt-get install -y python3-torch libopenblas0-pthread');
  });

  it('ends on the way: tells its last line', async ({ skip }) => {
    if (torch.problem !== null) skip(torch.problem);
    const model = makeModel('MCconv, K = 4, n = 2', 'mcn');
    const settings = { ...SETTINGS, filterLossForm: 'summed' as const };
    const peer = new peerModule.TorchPeer(
      {
        ...benchPeer(model, settings, RATES),
        batch: 1,
        threads: 1,
        format: 'contiguous',
        given: null,
      },
      'kept',
    );
    onTestFinished(() => peer.close());
    const error: unknown = await peer.ready().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(peerModule.PeerError);
    expect((error as Error).message).toContain('filter loss per plane only');
  });
});
