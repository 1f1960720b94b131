import * as tf from '@tensorflow/tfjs-core';
import { combineGradients } from '../kernels/combine-gradients';
import type { ReducedGradient } from '../kernels/normalization';
import { written, type Upstream } from '../kernels/upstream';
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
  return { dy, pooled: null, lazy: null, reduced: null };
}

/** {@link share} for a gradient. */
export function shareGradient({ dy, pooled, lazy, reduced }: Gradient): Gradient {
  return {
    dy: share(dy),
    pooled: pooled && { ...pooled, index: share(pooled.index) },
    lazy: lazy && { x: share(lazy.x), a: share(lazy.a), b: share(lazy.b), c: share(lazy.c) },
    reduced: reduced && { sum: share(reduced.sum), sumX: share(reduced.sumX) },
  };
}

/**
 * The sum of what two readers of one feature found, both of them gradients to the same thing. The sums of a reduction are not kept: one
 * reader knows only its own.
 */
export function sumGradients(a: Gradient, b: Gradient): Gradient {
  if (a.lazy) return plainGradient(combineGradients(a.dy, a.lazy, a.pooled, written(b)));
  if (b.lazy) return plainGradient(combineGradients(b.dy, b.lazy, b.pooled, written(a)));
  return plainGradient(tf.add(written(a), written(b)) as tf.Tensor4D);
}
