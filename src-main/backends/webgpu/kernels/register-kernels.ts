import { registerBatchNormVectors } from './batch-norm-vectors';
import { registerBinarize } from './binarize';
import { registerCombineGradients } from './combine-gradients';
import { registerConvFilterGradient } from './conv-filter-gradient';
import { registerFilterLoss } from './filter-loss';
import { registerFiniteCheck } from './finite-check';
import { registerMaxPool } from './max-pool';
import { registerModulation } from './modulation';
import { registerNormalization } from './normalization';
import { registerSgdStep } from './sgd-step';

/** Kernels of a training step as shaders of their own, where a composition of tfjs's operations takes many or slow ones. */
export function registerGpuKernels(): void {
  registerBatchNormVectors();
  registerBinarize();
  registerCombineGradients();
  registerConvFilterGradient();
  registerFilterLoss();
  registerFiniteCheck();
  registerMaxPool();
  registerModulation();
  registerNormalization();
  registerSgdStep();
}
