import * as tf from '@tensorflow/tfjs-core';

/** tf.tidy for results whose type tfjs cannot name: tensors at any depth of objects and arrays stay, all others go. */
export function tidied<T>(compute: () => T): T {
  return tf.tidy(compute as () => tf.TensorContainer) as T;
}

/** tf.dispose for such objects. */
export function dispose(held: object | null): void {
  tf.dispose(held as tf.TensorContainer);
}
