import * as tf from '@tensorflow/tfjs-core';
import { BATCH_STATISTICS, NORMALIZE, NORMALIZE_BACKPROP } from '../../../engine/model/kernels/normalization';
import { channelSums, finisher, finishSums, sumChannels } from './channel-sums';
import { elementwise, registerShaders, runShader } from './shader';

/** Around the first value of each channel, so that a large mean takes no digits from the variance. */
const statisticsSums = channelSums(
  'batch statistics: sums',
  'first = x[at] - x[channel]; second = first * first;',
);
const meanOf = finisher('batch statistics: mean', 'return x[index] + first / uniforms.rows;');
const varianceOf = finisher(
  'batch statistics: variance',
  'let mean = first / uniforms.rows; return max(second / uniforms.rows - mean * mean, 0.0);',
);

const CHANNELS = { channels: 'i32' } as const;
const affine = 'scale[index % uniforms.channels] * x[index] + shift[index % uniforms.channels]';
const normalized = elementwise('normalize', CHANNELS, `return ${affine};`);
/** What is no number stays none. */
const rectified = elementwise(
  'normalize, rectify',
  CHANNELS,
  `let y = ${affine}; return select(y, 0.0, y < 0.0);`,
);
/** The gradient where the rectified value is above zero. */
const passed = elementwise('rectifier gradient', CHANNELS, `return select(0.0, dy[index], ${affine} > 0.0);`);

const gradientSums = channelSums(
  'normalization gradient: sums',
  'first = d[at]; second = d[at] * (x[at] - center[channel]);',
);
const firstSum = finisher('first sum', 'return first;');
const secondSum = finisher('second sum', 'return second;');

type Inputs<Name extends string> = Record<Name, tf.TensorInfo>;
type Rectifies = { relu: boolean };

/** The kernels of normalisation as shaders; sums over rows are made in strips and then finished. */
export function registerNormalization(): void {
  registerShaders<Inputs<'x'>>(BATCH_STATISTICS, (backend, { x }) => {
    const sums = sumChannels(backend, statisticsSums, x, { x });
    const outputs = [finishSums(backend, meanOf, sums, { x }), finishSums(backend, varianceOf, sums)];
    backend.disposeData(sums.partial.dataId);
    return outputs;
  });
  registerShaders<Inputs<'x' | 'scale' | 'shift'>, Rectifies>(
    NORMALIZE,
    (backend, { x, scale, shift }, { relu }) => {
      const uniforms = { channels: x.shape.at(-1)! };
      return runShader(backend, relu ? rectified : normalized, {
        inputs: { x, scale, shift },
        uniforms,
        shape: x.shape,
      });
    },
  );
  registerShaders<Inputs<'x' | 'dy' | 'scale' | 'shift' | 'center'>, Rectifies>(
    NORMALIZE_BACKPROP,
    (backend, { x, dy, scale, shift, center }, { relu }) => {
      let d = dy;
      if (relu) {
        const uniforms = { channels: x.shape.at(-1)! };
        d = runShader(backend, passed, { inputs: { x, dy, scale, shift }, uniforms, shape: x.shape });
      } else {
        tf.engine().backend.incRef(dy.dataId);
      }
      const sums = sumChannels(backend, gradientSums, x, { d, x, center });
      const outputs = [d, finishSums(backend, firstSum, sums), finishSums(backend, secondSum, sums)];
      backend.disposeData(sums.partial.dataId);
      return outputs;
    },
  );
}
