import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/**
 * The values of a float32 tensor as a view of the WebAssembly heap. Growing the heap detaches it: allocate all outputs first, take
 * views afterwards, and keep none.
 */
export function heapView(tensor: tf.TensorInfo): Float32Array {
  return (tf.backend() as BackendWasm).typedArrayFromHeap(tensor) as Float32Array;
}

/** A new float32 tensor whose values are not set. */
export function allocate(shape: readonly number[]): tf.TensorInfo {
  return (tf.backend() as BackendWasm).makeOutput([...shape], 'float32');
}
