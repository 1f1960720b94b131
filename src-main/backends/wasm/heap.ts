import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/**
 * The values of a float32 tensor as a view of the WebAssembly heap. Growing the heap detaches it: allocate all outputs first, take
 * views afterwards, and keep none.
 */
export function heapView(tensor: tf.TensorInfo): Float32Array {
  return (tf.backend() as BackendWasm).typedArrayFromHeap(tensor) as Float32Array;
}

/** {@link heapView} for a tensor of bytes (dtype bool). */
export function heapBytes(tensor: tf.TensorInfo): Uint8Array {
  return (tf.backend() as BackendWasm).typedArrayFromHeap(tensor) as Uint8Array;
}

/** A new tensor whose values are not set. */
export function allocate(shape: readonly number[], dtype: 'float32' | 'bool' = 'float32'): tf.TensorInfo {
  return (tf.backend() as BackendWasm).makeOutput([...shape], dtype);
}
