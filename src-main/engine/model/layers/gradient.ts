import * as tf from '@tensorflow/tfjs-core';
import { combineGradients } from '../kernels/combine-gradients';
import type { Upstream } from '../kernels/conv-operands';
import type { ReducedGradient } from '../kernels/normalization';
import { share } from '../share';

/**
 * The gradient of the loss to a feature.
 *
 * As a rule it is the one to the values as they are meant. One with `reduced` belongs to a feature with a normalisation, is the one to
 * scale x + shift (ReLU's mask is applied already) and knows its own sums; it is never lazy.
 */
export interface Gradient extends Upstream {
  reduced: ReducedGradient | null;
}

/** A gradient that is what it seems. */
export function plainGradient(dy: tf.Tensor4D): Gradient {
  return { dy, lazy: null, reduced: null };
}

/** The gradient written out: the same tensor unless it is lazy. */
export function written({ dy, lazy }: Upstream): tf.Tensor4D {
  return lazy ? combineGradients(dy, lazy) : dy;
}

/** {@link share} for a gradient. */
export function shareGradient({ dy, lazy, reduced }: Gradient): Gradient {
  return {
    dy: share(dy),
    lazy: lazy && { x: share(lazy.x), a: share(lazy.a), b: share(lazy.b), c: share(lazy.c) },
    reduced: reduced && { sum: share(reduced.sum), sumX: share(reduced.sumX) },
  };
}

/**
 * The sum of what two readers of one feature found, both of them gradients to the same thing. The sums of a reduction are not kept: one
 * reader knows only its own.
 */
export function sumGradients(a: Gradient, b: Gradient): Gradient {
  if (a.lazy) return plainGradient(combineGradients(a.dy, a.lazy, written(b)));
  if (b.lazy) return plainGradient(combineGradients(b.dy, b.lazy, a.dy));
  return plainGradient(tf.add(a.dy, b.dy) as tf.Tensor4D);
}
