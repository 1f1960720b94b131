import * as tf from '@tensorflow/tfjs-core';

/**
 * A new tensor over the same memory, for who keeps or passes on what belongs to another. Not a clone, which copies on WebAssembly, and
 * not a reshape, which goes the long way of a kernel: a step shares hundreds of tensors.
 */
export function share<T extends tf.Tensor>(tensor: T): T {
  const engine = tf.engine();
  engine.backend.incRef(tensor.dataId);
  const { dataId, shape, dtype } = tensor;
  return engine.makeTensorFromTensorInfo({ dataId, shape, dtype }) as T;
}
