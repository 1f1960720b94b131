import * as tf from '@tensorflow/tfjs-core';
import { callKernel, registerComposed } from './kernel';

/**
 * SgdStep (w, gradient, slot), `rate`, `momentum`, `decay`, `absolute` -> [w', slot']:
 *
 *     g = gradient + decay w      slot' = momentum slot + g      w' = w - rate (g + momentum slot'), or |w'| with `absolute`
 */
export const SGD_STEP = 'SgdStep';

export type SgdAttributes = Readonly<{
  rate: number;
  momentum: number;
  decay: number;
  absolute: boolean;
}>;

/** The weight and its slot after one update; the caller owns both. */
export function sgdStep(
  w: tf.Tensor,
  gradient: tf.Tensor,
  slot: tf.Tensor,
  attributes: SgdAttributes,
): { w: tf.Tensor; slot: tf.Tensor } {
  const [newW, newSlot] = callKernel(SGD_STEP, { w, gradient, slot }, { ...attributes });
  return { w: newW!, slot: newSlot! };
}

/** Registers the kernel as a composition of a backend's own operations. */
export function registerComposedSgdStep(backendName: string): void {
  registerComposed(
    SGD_STEP,
    backendName,
    (
      { w, gradient, slot }: Record<'w' | 'gradient' | 'slot', tf.Tensor>,
      { rate, momentum, decay, absolute }: SgdAttributes,
    ) => {
      const g = decay > 0 ? tf.add(gradient, tf.mul(w, decay)) : gradient;
      const newSlot = tf.add(tf.mul(slot, momentum), g);
      const moved = tf.sub(w, tf.mul(tf.add(g, tf.mul(newSlot, momentum)), rate));
      return [absolute ? tf.abs(moved) : moved, newSlot];
    },
  );
}
