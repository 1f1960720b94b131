import { meanOfWindows } from './avg-pool';
import type { Layer } from './layer';

/** Mean of every channel over all positions, as the pool with a single window that covers the image. */
export const globalAvgPoolLayer: Layer<'globalavgpool'> = (_node, [x]) => {
  const [, height, width] = x!.values.shape;
  const side = Math.max(height, width);
  return meanOfWindows(x!, { size: side, stride: side });
};
