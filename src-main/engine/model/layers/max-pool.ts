import {
  scaledMaxPool,
  maxUnpool,
  type Pooled,
  type PooledValues,
  type PoolWindow,
} from '../kernels/max-pool';
import { normalizeBackprop } from '../kernels/normalization';
import { written, type Upstream } from '../kernels/upstream';
import { shareNormalized, type Feature } from './feature';
import { share } from '../share';
import type { Gradient } from './gradient';
import type { Layer } from './layer';

/**
 * Largest value of every window; padding never wins. A normalisation that the input still has to undergo is handed on with the values
 * that won, and the gradient goes back without being spread out where windows lie side by side: nothing passes over the input again.
 */
export const maxPoolLayer: Layer<'maxpool'> = (node, [x]) => {
  const { shape } = x!.values;
  const { values, index } = winners(x!, node.values);
  const feature: Feature = {
    ...shareNormalized({ values, norm: x!.norm }),
    statistics: null,
    pooled: null,
  };
  const held = { y: shareNormalized(feature), index: share(index) };
  return {
    feature,
    backward: {
      held,
      run: (gradient) => {
        const { dy, reduced } = reducedGradient(held.y, gradient);
        return { inputs: [{ ...spread(dy, held.index, node.values, shape), reduced }] };
      },
    },
  };
};

/** Those that the producer of the values found on its way, or found now. */
function winners(
  { values, norm, pooled }: Feature,
  window: PoolWindow,
): Pick<PooledValues, 'values' | 'index'> {
  const sideBySide = window.size === window.stride;
  if (pooled && sideBySide && pooled.size === window.size) return pooled;
  return scaledMaxPool(values, norm?.scale ?? null, window);
}

/** Masked and summed up where there is a normalisation, unless the reader did that: values that did not win add nothing to the sums. */
function reducedGradient(
  { values, norm }: Pick<Feature, 'values' | 'norm'>,
  gradient: Gradient,
): Pick<Gradient, 'dy' | 'reduced'> {
  const dy = written(gradient);
  if (!norm || gradient.reduced) return { dy: share(dy), reduced: norm && shareReduced(gradient) };
  const { d, reduced } = normalizeBackprop(values, dy, norm);
  return { dy: d, reduced };
}

function shareReduced({ reduced }: Gradient): Gradient['reduced'] {
  return reduced && { sum: share(reduced.sum), sumX: share(reduced.sumX) };
}

/** The gradient to the values before: left to the reader unless windows overlap or leave gaps. */
function spread(
  dy: Upstream['dy'],
  index: Pooled['index'],
  { size, stride }: PoolWindow,
  shape: Feature['values']['shape'],
): Upstream {
  if (size !== stride) return { dy: maxUnpool(dy, index, { size, stride }, shape), pooled: null, lazy: null };
  return { dy, pooled: { index: share(index), size, shape }, lazy: null };
}
