import * as tf from '@tensorflow/tfjs-core';
import { registerComposedModulatedConv } from '../../engine/model/modulated-conv/compose';
import { registerBatchNormKernels } from './batch-norm-kernels';
import { conv2DBackpropFilter, conv2DBackpropInput } from './conv2d-gradients';
import { maxPoolGrad } from './max-pool-grad';

const BACKEND = 'wasm';

type Compute = (inputs: tf.NamedTensorInfoMap, attrs: tf.NamedAttrMap) => tf.TensorInfo;

function replace(kernelName: string, compute: Compute): void {
  if (tf.getKernel(kernelName, BACKEND)) tf.unregisterKernel(kernelName, BACKEND);
  tf.registerKernel({
    kernelName,
    backendName: BACKEND,
    kernelFunc: ({ inputs, attrs }) => tf.tidy(() => compute(inputs, attrs ?? {}) as tf.Tensor),
  });
}

/** A matrix product with a transposed operand runs 12 to 20 times slower than transposing first. */
function replaceMatMul(): void {
  const stock = tf.getKernel('BatchMatMul', BACKEND);
  const product = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
    const inputs = { a, b } as unknown as tf.NamedTensorInfoMap;
    const attrs = { transposeA: false, transposeB: false };
    return tf
      .engine()
      .makeTensorFromTensorInfo(stock.kernelFunc({ inputs, attrs, backend: tf.backend() }) as tf.TensorInfo);
  };
  const swapped = (tensor: tf.Tensor): tf.Tensor => {
    const axes = tensor.shape.map((_, axis) => axis);
    axes.push(...axes.splice(-2).reverse());
    return tf.transpose(tensor, axes);
  };
  replace('BatchMatMul', (inputs, attrs) => {
    const { a, b } = inputs as unknown as { a: tf.Tensor; b: tf.Tensor };
    return product(attrs.transposeA ? swapped(a) : a, attrs.transposeB ? swapped(b) : b);
  });
}

/** Adds the kernels that training needs and this backend lacks, and replaces those that are many times too slow. */
export function registerWasmKernels(): void {
  if (tf.getKernel('Conv2DBackpropFilter', BACKEND)) return;
  replaceMatMul();
  replace('Conv2DBackpropFilter', (inputs, attrs) => {
    const { x, dy } = inputs as unknown as { x: tf.Tensor4D; dy: tf.Tensor4D };
    return conv2DBackpropFilter(x, dy, attrs.filterShape as never, attrs as never);
  });
  replace('Conv2DBackpropInput', (inputs, attrs) => {
    const { dy, filter } = inputs as unknown as { dy: tf.Tensor4D; filter: tf.Tensor4D };
    return conv2DBackpropInput(dy, filter, attrs.inputShape as never, attrs as never);
  });
  replace('MaxPoolGrad', (inputs, attrs) => maxPoolGrad(inputs.dy!, inputs.input!, attrs as never));
  registerBatchNormKernels(BACKEND);
  registerComposedModulatedConv(BACKEND);
}
