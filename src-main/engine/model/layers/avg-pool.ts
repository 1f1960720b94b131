import { averagePool, averagePoolBackprop } from '../kernels/average-pool';
import type { PoolWindow } from '../kernels/max-pool';
import { materialize, plain, type Feature } from './feature';
import { share } from '../share';
import { written } from '../kernels/upstream';
import { plainGradient } from './gradient';
import type { Layer, LayerOutput } from './layer';

/** Means over windows, forth and back. */
export function meanOfWindows(x: Feature, window: PoolWindow): LayerOutput {
  // For its shape alone: the raw values live on in the layer that made them, the normalised ones would live for this.
  const held = { x: share(x.values) };
  return {
    feature: plain(averagePool(materialize(x), window)),
    backward: {
      held,
      run: (gradient) => ({
        inputs: [plainGradient(averagePoolBackprop(written(gradient), held.x, window))],
      }),
    },
  };
}

/** Mean over the part of each window that lies inside the image. */
export const avgPoolLayer: Layer<'avgpool'> = (node, [x]) => meanOfWindows(x!, node.values);
