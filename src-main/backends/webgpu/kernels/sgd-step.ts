import type { TensorInfo } from '@tensorflow/tfjs-core';
import { SGD_STEP, type SgdAttributes } from '../../../engine/model/kernels/sgd-step';
import { elementwise, registerShaders, runShader } from './shader';

const RATES = { decay: 'f32', momentum: 'f32', rate: 'f32' } as const;

const newSlot = elementwise(
  'SGD slot',
  RATES,
  'return uniforms.momentum * slot[index] + (gradient[index] + uniforms.decay * w[index]);',
);

const moved = `
  let g = gradient[index] + uniforms.decay * w[index];
  let moved = w[index] - uniforms.rate * (g + uniforms.momentum * slot[index]);`;

/** From the new slot. */
const newWeight = elementwise('SGD weight', RATES, `${moved} return moved;`);
const newAbsolute = elementwise('SGD absolute weight', RATES, `${moved} return abs(moved);`);

/** SgdStep as two shaders. */
export function registerSgdStep(): void {
  registerShaders<Record<'w' | 'gradient' | 'slot', TensorInfo>, SgdAttributes>(
    SGD_STEP,
    (backend, { w, gradient, slot }, { rate, momentum, decay, absolute }) => {
      const run = { uniforms: { rate, momentum, decay }, shape: w.shape };
      const after = runShader(backend, newSlot, { ...run, inputs: { w, gradient, slot } });
      const weight = absolute ? newAbsolute : newWeight;
      return [runShader(backend, weight, { ...run, inputs: { w, gradient, slot: after } }), after];
    },
  );
}
