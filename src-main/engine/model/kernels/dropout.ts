import * as tf from '@tensorflow/tfjs-core';
import { uniforms } from '@shared/random/draws';
import type { RandomKey } from '@shared/random/random-key';
import { callKernel, registerComposed } from './kernel';

/**
 * Dropout (x), `rate`, `stream0`, `stream1`, `key0`, `key1` -> y: x / (1 - rate) where draw number i of the stream that the key names is
 * not below the rate, else 0.
 */
export const DROPOUT = 'Dropout';

/** Inverted dropout by a mask that is a function of the key. Linear: the gradient is the same function of dy. */
export function dropout(x: tf.Tensor4D, key: RandomKey, rate: number): tf.Tensor4D {
  return callKernel(DROPOUT, { x }, { rate, ...key })[0] as tf.Tensor4D;
}

/** Registers the kernel as a composition of a backend's own operations; the mask is drawn outside of it. */
export function registerComposedDropout(backendName: string): void {
  registerComposed(
    DROPOUT,
    backendName,
    ({ x }: { x: tf.Tensor }, { rate, ...key }: RandomKey & { rate: number }) => {
      const mask = uniforms(key, x.size, 0, 1).map((draw) => (draw < rate ? 0 : 1 / (1 - rate)));
      return tf.mul(x, tf.tensor(mask, x.shape));
    },
  );
}
