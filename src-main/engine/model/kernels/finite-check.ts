import * as tf from '@tensorflow/tfjs-core';
import { callKernel, registerComposed } from './kernel';

/** FiniteCheck (any number of tensors, by any names) -> scalar: 0 when every value of every one is a finite number, NaN otherwise. */
export const FINITE_CHECK = 'FiniteCheck';

/** 0 when all values are finite numbers, NaN otherwise: a scalar that can be read with others. The caller disposes it. */
export function finiteCheck(tensors: Readonly<Record<string, tf.Tensor>>): tf.Scalar {
  return callKernel(FINITE_CHECK, tensors)[0] as tf.Scalar;
}

/** Whether every value is a finite number, decided by the sum of all: in double, finite float32 values never overflow it. */
export function allFinite(values: Float32Array): boolean {
  let even = 0;
  let odd = 0;
  const pairs = values.length - (values.length % 2);
  for (let at = 0; at < pairs; at += 2) {
    even += values[at]!;
    odd += values[at + 1]!;
  }
  if (pairs < values.length) even += values[pairs]!;
  return Number.isFinite(even + odd);
}

/** Registers the kernel as a composition of a backend's own operations. */
export function registerComposedFiniteCheck(backendName: string): void {
  registerComposed(FINITE_CHECK, backendName, (tensors: Record<string, tf.Tensor>) =>
    // One after the other: a GPU's kernel takes a few tensors only.
    Object.values(tensors).reduce<tf.Tensor>((sum, x) => tf.add(sum, tf.sum(tf.mul(x, 0))), tf.scalar(0)),
  );
}
