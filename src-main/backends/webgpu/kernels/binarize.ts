import type { TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { centerThresholds } from '@shared/binarization/center-thresholds';
import { BINARIZE } from '../../../engine/model/kernels/binarize';
import { elementwise, registerShaders, runShader } from './shader';

/** `table` holds the centers and, behind them, the thresholds between them. */
const nearest = elementwise(
  'Binarize',
  { centers: 'i32' },
  `
    var at = 0;
    for (var next = 1; next < uniforms.centers; next = next + 1) {
      if (c[index] >= table[uniforms.centers + next - 1]) { at = next; }
    }
    return table[at];`,
);

/** Binarize as one shader; centers that were never used lie on this side of the device. */
export function registerBinarize(): void {
  registerShaders<Record<'c' | 'centers', TensorInfo>>(BINARIZE, (backend, { c, centers }) => {
    const values = tf.engine().readSync(centers.dataId) as Float32Array;
    const entries = Float32Array.from([...values, ...centerThresholds(values)]);
    const table = backend.makeTensorInfo([entries.length], 'float32', entries);
    const run = { inputs: { c, table }, uniforms: { centers: values.length }, shape: c.shape };
    const chat = runShader(backend, nearest, run);
    backend.disposeData(table.dataId);
    return chat;
  });
}
