import type { NetworkNodeOf } from '../../network/network';
import type { OpType } from '../../ops/index';

/**
 * Computes one layer for one image.
 *
 * @param inputs [height, width, channels] each, in port order; not changed
 * @param output [height, width, channels]; what stood there before is overwritten as a whole
 */
export type LayerFunction = (inputs: readonly Float32Array[], output: Float32Array) => void;

/**
 * Makes the function of a layer and does what can be done before the first image.
 *
 * @param weight the layer's own weights by name, in the layout of the engine; C of a binary layer is C^
 */
export type LayerBuilder<T extends OpType> = (
  node: NetworkNodeOf<T>,
  weight: (name: string) => Float32Array,
) => LayerFunction;
