import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { binarize } from '@main/engine/model/kernels/binarize';
import { filterLoss } from '@main/engine/model/kernels/filter-loss';
import {
  latentModulationGradient,
  modulatedConv2D,
  modulatedConv2DBackprop,
} from '@main/engine/model/kernels/modulated-conv-2d';
import { activateOrSkip, ALL_BACKENDS } from '../unit/backends/test-backends';
import { whyNoWebGpu } from '../unit/backends/webgpu/software-adapter';
import { CONV_CASES, expectClose, readCase, reorder, type ConvCase } from './golden-case';

/** Tensors of a case in the engine's layouts. */
function tensors(golden: ConvCase) {
  const { N, G, H, K, W, size, yShape } = golden;
  const filters = (values: number[]) => reorder(values, [H, G, K, W, W], [3, 4, 1, 2, 0]);
  const maps = (values: number[], count: number, height: number, width: number) =>
    reorder(values, [N, count, K, height, width], [0, 3, 4, 1, 2]);
  const [, , , outHeight, outWidth] = yShape as [number, number, number, number, number];
  return {
    filters,
    x: tf.tensor4d(maps(golden.x, G, ...size), [N, ...size, G * K]),
    c: tf.tensor4d(filters(golden.C), [W, W, G * K, H]),
    m: tf.tensor3d(golden.M, [K, W, W]),
    centers: tf.tensor1d(golden.centers),
    dy: tf.tensor4d(maps(golden.dy, H, outHeight, outWidth), [N, outHeight, outWidth, H * K]),
    y: maps(golden.y, H, outHeight, outWidth),
    dx: maps(golden.dx, G, ...size),
  };
}

describe.each(ALL_BACKENDS)('modulated convolution on %s', (backend) => {
  beforeEach(({ skip }) => activateOrSkip(backend, whyNoWebGpu, skip));

  it.each(CONV_CASES)('%s: forward and gradients', async (name) => {
    const golden = readCase<ConvCase>(name);
    const { x, c, m, centers, dy, y, dx, filters } = tensors(golden);
    const before = tf.memory().numTensors;
    const chat = binarize(c, centers);
    const input = { values: x, norm: null };
    const output = modulatedConv2D(input, chat, m, golden.stride, { statistics: false, pooling: null });
    const demand = { needsInput: true, reduce: false };
    const upstream = { dy, pooled: null, lazy: null };
    const gradients = modulatedConv2DBackprop(input, chat, m, upstream, golden.stride, demand);
    expectClose(await output.y.data(), y);
    expectClose(await gradients.dx!.data(), dx);
    expectClose(await gradients.dChat.data(), filters(golden.dC_straight_through));
    expectClose(await gradients.dM.data(), golden.dM_true);
    const latent = latentModulationGradient(input, c, m, upstream, golden.stride);
    expectClose(await latent.data(), golden.dM_latent);
    tf.dispose([chat, output.y, gradients.dx!, gradients.dChat, gradients.dM, latent]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(CONV_CASES)('%s: nearest centers', async (name) => {
    const golden = readCase<ConvCase>(name);
    const { c, centers, filters } = tensors(golden);
    expectClose(await binarize(c, centers).data(), filters(golden.Chat), 1e-6);
  });

  it.each(CONV_CASES)('%s: filter loss, both forms', async (name) => {
    const golden = readCase<ConvCase>(name);
    const { c, m, centers, filters } = tensors(golden);
    const chat = binarize(c, centers);
    const perPlane = filterLoss(c, chat, m, 'per-plane');
    expectClose(await perPlane.value.data(), [golden.filterLossPerPlane]);
    expectClose(await perPlane.dC.data(), filters(golden.dC_perPlane));
    expectClose(await perPlane.dM.data(), golden.dM_perPlane);
    const summed = filterLoss(c, chat, m, 'summed');
    expectClose(await summed.value.data(), [golden.filterLossSummed]);
    expectClose(await summed.dC.data(), filters(golden.dC_summed));
    expectClose(await summed.dM.data(), golden.dM_summed);
  });
});
