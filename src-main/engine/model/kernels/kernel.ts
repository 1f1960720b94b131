import * as tf from '@tensorflow/tfjs-core';

/** Inputs of a kernel by name; an optional one that is absent is null. */
export type KernelInputs = Readonly<Record<string, tf.Tensor | null | undefined>>;

/**
 * Runs a kernel of the active backend.
 * @throws Error when the backend has no such kernel
 */
export function callKernel(
  name: string,
  inputs: KernelInputs,
  attributes: tf.NamedAttrMap = {},
): tf.Tensor[] {
  const present: tf.NamedTensorMap = {};
  for (const [key, tensor] of Object.entries(inputs)) if (tensor) present[key] = tensor;
  const outputs = tf.engine().runKernel(name, present, attributes);
  return Array.isArray(outputs) ? outputs : [outputs];
}

/**
 * Registers a kernel as a composition of operations that the backend has, unless it has a kernel of its own by that name.
 * @param compute takes inputs and attributes by name, inside a tidy; what it returns must be new tensors, never an input itself
 */
export function registerComposed(
  name: string,
  backendName: string,
  compute: (inputs: never, attributes: never) => tf.Tensor | tf.Tensor[],
): void {
  if (tf.getKernel(name, backendName)) return;
  tf.registerKernel({
    kernelName: name,
    backendName,
    kernelFunc: ({ inputs, attrs }) => tf.tidy(() => compute(inputs as never, attrs as never)),
  });
}
