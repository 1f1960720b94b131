import * as tf from '@tensorflow/tfjs-core';
import { callKernel, registerComposed } from './kernel';

/**
 * FilterLoss (c, chat, m, baseC?, baseM?), `summed`, `theta` -> [value, baseC + theta dC, baseM + theta dM], value, dC and dM for
 * theta = 1; a base that is absent is zero.
 */
export const FILTER_LOSS = 'FilterLoss';

/** "per-plane": each plane of Q against C (Eq. 13, 17); "summed": the sum of the planes (Eq. 1 with Eq. 3 read literally). */
export type FilterLossForm = 'per-plane' | 'summed';

/** Gradients that those of the loss are added to, with the weight of the loss. */
export interface FilterLossBase {
  dC: tf.Tensor;
  dM: tf.Tensor;
  theta: number;
}

/** The caller disposes the tensors. */
export interface FilterLoss {
  /** 1/2 sum || ... ||^2, whatever theta is. */
  value: tf.Scalar;
  dC: tf.Tensor4D;
  dM: tf.Tensor3D;
}

/**
 * L_filter of one layer for theta = 1 (mcn.md, section 4), C^ being a constant. With per tap t = (y, x), sums over (g, c, h):
 * A = sum C C^, B = sum C^ C^, S1 = sum_j M_j, S2 = sum_j M_j^2,
 *
 *     per plane:  value = 1/2 sum_t (K sum C^2 - 2 S1 A + S2 B)    dC = K C - C^ S1     dM_j = M_j B - A
 *     summed:     value = 1/2 sum_t (sum C^2 - 2 S1 A + S1^2 B)    dC = C - C^ S1       dM_j = S1 B - A
 *
 * so that no plane of Q is ever built.
 * @param c latent filters [y, x, g * K + c, h]
 * @param chat binarized filters, as c
 * @param m M-Filter [K, y, x]
 * @param base gradients of L_S, which theta times those of the loss are added to; without them the gradients are those for theta = 1
 */
export function filterLoss(
  c: tf.Tensor4D,
  chat: tf.Tensor4D,
  m: tf.Tensor3D,
  form: FilterLossForm,
  base?: FilterLossBase,
): FilterLoss {
  const [value, dC, dM] = callKernel(
    FILTER_LOSS,
    { c, chat, m, baseC: base?.dC, baseM: base?.dM },
    { summed: form === 'summed', theta: base?.theta ?? 1 },
  );
  return { value: value as tf.Scalar, dC: dC as tf.Tensor4D, dM: dM as tf.Tensor3D };
}

/** Scalar product of every row of x with that of y, as matrix products: backends may sum a row value by value, these hardly. */
function dots(x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const [rows, count] = x.shape as [number, number];
  return tf.reshape(tf.matMul(tf.reshape(x, [rows, 1, count]), tf.reshape(y, [rows, count, 1])), [rows]);
}

function compute(c: tf.Tensor4D, chat: tf.Tensor4D, m: tf.Tensor3D, summed: boolean): tf.Tensor[] {
  const [k, height, width] = m.shape;
  const taps = height * width;
  const latent = tf.reshape(c, [taps, -1]);
  const binary = tf.reshape(chat, [taps, -1]);
  const planes = tf.reshape(m, [k, taps]);
  const a = dots(latent, binary);
  const b = dots(binary, binary);
  const own = dots(latent, latent);
  const s1 = tf.sum(planes, 0);
  const s2 = summed ? tf.square(s1) : tf.sum(tf.square(planes), 0);
  const copies = summed ? 1 : k;
  const perTap = tf.add(tf.sub(tf.mul(own, copies), tf.mul(tf.mul(s1, a), 2)), tf.mul(s2, b));
  const projected = tf.mul(binary, tf.reshape(s1, [taps, 1]));
  const factor = summed ? tf.tile(tf.reshape(s1, [1, taps]), [k, 1]) : planes;
  return [
    tf.mul(tf.sum(perTap), 0.5),
    tf.reshape(tf.sub(tf.mul(latent, copies), projected), c.shape),
    tf.reshape(tf.sub(tf.mul(factor, b), a), m.shape),
  ];
}

interface Inputs {
  c: tf.Tensor4D;
  chat: tf.Tensor4D;
  m: tf.Tensor3D;
  baseC?: tf.Tensor;
  baseM?: tf.Tensor;
}

/** Registers the kernel as a composition of a backend's own operations. */
export function registerComposedFilterLoss(backendName: string): void {
  registerComposed(
    FILTER_LOSS,
    backendName,
    ({ c, chat, m, baseC, baseM }: Inputs, { summed, theta }: { summed: boolean; theta: number }) => {
      const [value, dC, dM] = compute(c, chat, m, summed);
      const onto = (base: tf.Tensor | undefined, own: tf.Tensor): tf.Tensor => {
        const weighted = tf.mul(own, theta);
        return base ? tf.add(base, weighted) : weighted;
      };
      return [value!, onto(baseC, dC!), onto(baseM, dM!)];
    },
  );
}
