import type { TensorInfo } from '@tensorflow/tfjs-core';
import { BATCH_NORM_EPSILON } from '@shared/ops/batch-norm';
import {
  BATCH_NORM_AFFINE,
  BATCH_NORM_GRADIENT,
  RUNNING_STATISTIC,
} from '../../../engine/model/kernels/batch-norm-vectors';
import { elementwise, registerShaders, runShader } from './shader';

const sigma = `let sigma = sqrt(variance[index] + ${BATCH_NORM_EPSILON});`;

const scaleOf = elementwise('batch norm: scale', {}, `${sigma} return gamma[index] / sigma;`);
const shiftOf = elementwise('batch norm: shift', {}, 'return beta[index] - mean[index] * scale[index];');
const gradientOfGamma = elementwise('batch norm: dGamma', {}, `${sigma} return sumX[index] / sigma;`);
const slopeOf = elementwise(
  'batch norm: slope',
  { count: 'f32' },
  `${sigma} return -(gamma[index] / sigma) * dGamma[index] / (sigma * uniforms.count);`,
);
const offsetOf = elementwise(
  'batch norm: offset',
  { count: 'f32' },
  `${sigma} return -(gamma[index] / sigma) * sum[index] / uniforms.count - slope[index] * mean[index];`,
);
const blend = elementwise(
  'running statistic',
  { kept: 'f32', added: 'f32' },
  'return running[index] * uniforms.kept + batch[index] * uniforms.added;',
);

type Inputs<Name extends string> = Record<Name, TensorInfo>;

/** What batch norm computes for every channel, each output as one shader. */
export function registerBatchNormVectors(): void {
  registerShaders<Inputs<'mean' | 'variance' | 'gamma' | 'beta'>>(
    BATCH_NORM_AFFINE,
    (backend, { mean, variance, gamma, beta }) => {
      const { shape } = gamma;
      const scale = runShader(backend, scaleOf, { inputs: { variance, gamma }, shape });
      return [scale, runShader(backend, shiftOf, { inputs: { mean, beta, scale }, shape })];
    },
  );
  registerShaders<Inputs<'mean' | 'variance' | 'gamma' | 'sum' | 'sumX'>, { count: number }>(
    BATCH_NORM_GRADIENT,
    (backend, { mean, variance, gamma, sum, sumX }, uniforms) => {
      const { shape } = gamma;
      const dGamma = runShader(backend, gradientOfGamma, { inputs: { variance, sumX }, shape });
      const ofSlope = { variance, gamma, dGamma };
      const slope = runShader(backend, slopeOf, { inputs: ofSlope, uniforms, shape });
      const ofOffset = { variance, gamma, sum, slope, mean };
      return [dGamma, slope, runShader(backend, offsetOf, { inputs: ofOffset, uniforms, shape })];
    },
  );
  registerShaders<Inputs<'running' | 'batch'>, { momentum: number; correction: number }>(
    RUNNING_STATISTIC,
    (backend, { running, batch }, { momentum, correction }) =>
      runShader(backend, blend, {
        inputs: { running, batch },
        uniforms: { kept: 1 - momentum, added: momentum * correction },
        shape: running.shape,
      }),
  );
}
