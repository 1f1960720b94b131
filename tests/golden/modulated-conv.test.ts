import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { activateWasm } from '@main/backends/wasm/activate-wasm';
import { binarize } from '@main/engine/model/binarization/binarize';
import { filterLoss } from '@main/engine/model/filter-loss';
import { registerComposedModulatedConv } from '@main/engine/model/modulated-conv/compose';
import { modulatedConv2D } from '@main/engine/model/modulated-conv/modulated-conv-2d';
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
    dy: tf.tensor4d(maps(golden.dy, H, outHeight, outWidth), [N, outHeight, outWidth, H * K]),
    y: maps(golden.y, H, outHeight, outWidth),
    dx: maps(golden.dx, G, ...size),
  };
}

describe.each(['wasm', 'cpu'])('modulated convolution on %s', (backend) => {
  beforeAll(async () => {
    if (backend === 'wasm') await activateWasm();
    else {
      await tf.setBackend('cpu');
      registerComposedModulatedConv('cpu');
    }
  });

  it.each(CONV_CASES)('%s: forward and gradients', async (name) => {
    const golden = readCase<ConvCase>(name);
    const { x, c, m, dy, y, dx, filters } = tensors(golden);
    const before = tf.memory().numTensors;
    const layer = (...inputs: tf.Tensor[]): tf.Tensor =>
      modulatedConv2D(
        inputs[0] as tf.Tensor4D,
        binarize(inputs[1] as tf.Tensor4D, Float32Array.from(golden.centers)),
        inputs[2] as tf.Tensor3D,
        golden.stride,
      );
    const { value, grads } = tf.valueAndGrads(layer)([x, c, m], dy);
    expectClose(await value.data(), y);
    expectClose(await grads[0]!.data(), dx);
    expectClose(await grads[1]!.data(), filters(golden.dC_straight_through));
    expectClose(await grads[2]!.data(), golden.dM_true);
    tf.dispose([value, ...grads]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(CONV_CASES)('%s: nearest centers', async (name) => {
    const golden = readCase<ConvCase>(name);
    const { c, filters } = tensors(golden);
    const chat = await binarize(c, Float32Array.from(golden.centers)).data();
    expectClose(chat, filters(golden.Chat), 1e-6);
  });

  it.each(CONV_CASES)('%s: filter loss, both forms', async (name) => {
    const golden = readCase<ConvCase>(name);
    const { c, m, filters } = tensors(golden);
    const chat = binarize(c, Float32Array.from(golden.centers));
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
