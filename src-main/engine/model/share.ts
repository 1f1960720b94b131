import * as tf from '@tensorflow/tfjs-core';

/**
 * A new tensor over the same memory, for who keeps or passes on what belongs to another. By a reshape: a clone copies on WebAssembly.
 */
export function share<T extends tf.Tensor>(tensor: T): T {
  return tf.reshape(tensor, tensor.shape) as T;
}
