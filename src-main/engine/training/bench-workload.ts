import * as tf from '@tensorflow/tfjs-core';
import { lower } from '@shared/network/lower';
import { classCount, type Network } from '@shared/network/network';
import { findPreset, type Preset } from '@shared/network/presets';
import { profile } from '@shared/network/profile';
import { StudioError } from '@shared/problem';
import { normals } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import { modulatedConv2D } from '../model/kernels/modulated-conv-2d';
import { Sgd } from '../model/sgd';
import { TrainableModel } from '../model/trainable-model';
import { benchPeer, type BenchPeer, type Rates } from './bench-peer';
import { trainStep, type DeviceBatch } from './train-step';

/** Something that can be done again and again, and timed. Its tensors live as long as the process. */
export interface BenchWorkload {
  /** For a program that does the same; null for a single kernel. */
  peer: BenchPeer | null;
  /** Of one repetition's forward pass with reconstructed filters, over the batch. */
  denseMultiplyAdds: number;
  /** How often `step` does what is to be timed. */
  repetitions: number;
  /** Does it; resolves to the loss, or null where there is none. */
  step(): Promise<number | null>;
}

/** Rates so small that steps do not move the weights into another regime. */
const RATES: Rates = { filters: 1e-3, modulation: 1e-4 };

/** Calls of a single kernel in one step: a call alone is over before all cores are at work. */
const KERNEL_CALLS = 20;

function noise(purpose: string, size: number): Float32Array {
  return normals(randomKey(0, 'init', purpose), size);
}

/** A design with the maps of every layer multiplied. */
function widened({ document }: Preset, width: number): Preset['document'] {
  const nodes = document.nodes.map((node) => {
    const { maps } = node.fields;
    return typeof maps === 'number' ? { ...node, fields: { ...node.fields, maps: maps * width } } : node;
  });
  return { ...document, nodes };
}

/** Images of noise with the classes in turn. */
function noiseBatch(shape: readonly [number, number, number], classes: number, batch: number): DeviceBatch {
  const oneHot = new Float32Array(batch * classes);
  for (let row = 0; row < batch; row++) oneHot[row * classes + (row % classes)] = 1;
  return {
    images: tf.tensor4d(noise('x', batch * shape[0] * shape[1] * shape[2]), [batch, ...shape]),
    oneHot: tf.tensor2d(oneHot, [batch, classes]),
  };
}

/** One modulated convolution with binary filters, 16 -> 16 maps of K = 4 planes, 32 x 32. */
function forwardWorkload(batch: number): BenchWorkload {
  const x = tf.tensor4d(noise('x', batch * 32 * 32 * 64), [batch, 32, 32, 64]);
  const chat = tf.tensor4d(noise('C', 9 * 64 * 16).map(Math.sign), [3, 3, 64, 16]);
  const m = tf.tensor3d(noise('M', 4 * 9).map(Math.abs), [4, 3, 3]);
  const demand = { statistics: false, pooling: null };
  return {
    peer: null,
    denseMultiplyAdds: batch * 32 * 32 * 64 * 64 * 9,
    repetitions: KERNEL_CALLS,
    step: () => {
      for (let call = 0; call < KERNEL_CALLS; call++) {
        modulatedConv2D({ values: x, norm: null }, chat, m, 1, demand).y.dispose();
      }
      return Promise.resolve(null);
    },
  };
}

/**
 * A training step with binary filters on a batch of noise, as the studio trains, or a single kernel.
 * @param name a preset, or "mcconv-forward"
 * @param width multiplies the maps of every layer
 * @throws StudioError preset-unknown
 */
export async function benchWorkload(
  name: string,
  family: Network['family'],
  batch: number,
  width: number,
): Promise<BenchWorkload> {
  if (name === 'mcconv-forward') return forwardWorkload(batch);
  const preset = findPreset(name);
  if (!preset) throw new StudioError({ code: 'preset-unknown', message: `There is no preset ${name}.` });
  const network = lower(widened(preset, width), family).network!;
  const model = new TrainableModel(network, 0, 'uniform');
  const optimizer = new Sgd(model.weights.weights, preset.settings);
  await model.fitCenters();
  const data = noiseBatch(model.inputShape, classCount(network), batch);
  let step = 0;
  return {
    peer: benchPeer(model, preset.settings, RATES),
    denseMultiplyAdds: batch * profile(network).total.denseMultiplyAdds,
    repetitions: 1,
    step: async () => {
      const result = await trainStep(model, optimizer, preset.settings, data, step++, RATES);
      return result.loss;
    },
  };
}
