import * as tf from '@tensorflow/tfjs-core';
import { registerBatchNormLoops } from '../../engine/model/kernels/batch-norm-loops';
import { registerComposedKernels } from '../../engine/model/kernels/register-composed';
import { conv2DBackpropFilter, conv2DBackpropInput, type GradientAttributes } from './conv2d-gradients';
import { registerGradientKernels } from './gradient-kernels';
import { registerHeapKernel, WASM_BACKEND } from './heap-kernel';
import { registerLossKernels } from './loss-kernels';
import { replaceMatMul } from './matrix-product';
import { registerNormalizationKernels } from './normalization-kernels';
import { registerPoolingKernels } from './pooling-kernels';
import { registerWeightKernels } from './weight-kernels';

type Size4 = [number, number, number, number];

/** Adds the kernels that training needs and this backend lacks, and replaces those that are many times too slow. */
export function registerWasmKernels(): void {
  if (tf.getKernel('Conv2DBackpropFilter', WASM_BACKEND)) return;
  replaceMatMul();
  registerHeapKernel(
    'Conv2DBackpropFilter',
    ({ x, dy }: Record<'x' | 'dy', tf.Tensor4D>, attributes: GradientAttributes & { filterShape: Size4 }) =>
      tf.tidy(() => conv2DBackpropFilter(x, dy, attributes.filterShape, attributes)),
  );
  registerHeapKernel(
    'Conv2DBackpropInput',
    (
      { dy, filter }: Record<'dy' | 'filter', tf.Tensor4D>,
      attributes: GradientAttributes & { inputShape: Size4 },
    ) => tf.tidy(() => conv2DBackpropInput(dy, filter, attributes.inputShape, attributes)),
  );
  registerNormalizationKernels();
  registerGradientKernels();
  registerPoolingKernels();
  registerLossKernels();
  registerWeightKernels();
  registerBatchNormLoops(WASM_BACKEND);
  registerComposedKernels(WASM_BACKEND);
}
