import { normalizedMaxPool, normalizedMaxPoolBackprop } from '../kernels/normalized-max-pool';
import { plain, shareNormalized } from './feature';
import { share } from '../share';
import { written } from './gradient';
import { demandOf, gradientOf } from './input-gradient';
import type { Layer } from './layer';

/** Largest value of every window; padding never wins. */
export const maxPoolLayer: Layer<'maxpool'> = (node, [x], _pass, plan) => {
  const { y, index } = normalizedMaxPool(x!, node.values);
  const held = { x: shareNormalized(x!), index: share(index) };
  return {
    feature: plain(y),
    backward: {
      held,
      run: (gradient) => {
        const { reduce } = demandOf(held.x, plan.inputs[0]!);
        const dy = written(gradient);
        const found = normalizedMaxPoolBackprop(held.x, held.index, dy, node.values, reduce);
        return { inputs: [gradientOf(found)] };
      },
    },
  };
};
