import * as tf from '@tensorflow/tfjs-core';

export const WASM_BACKEND = 'wasm';

/**
 * Registers a kernel that loops over the heap, in place of a stock one if there is one.
 * @param compute takes inputs and attributes by name; its outputs are new tensors, which the engine owns
 */
export function registerHeapKernel(
  kernelName: string,
  compute: (inputs: never, attributes: never) => tf.TensorInfo | tf.TensorInfo[],
): void {
  if (tf.getKernel(kernelName, WASM_BACKEND)) tf.unregisterKernel(kernelName, WASM_BACKEND);
  tf.registerKernel({
    kernelName,
    backendName: WASM_BACKEND,
    kernelFunc: ({ inputs, attrs }) => compute(inputs as never, attrs as never),
  });
}
