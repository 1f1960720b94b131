import type { LayerBuilder } from './layer';
import { multiplyRow } from './multiply-row';
import { windowTaps } from './taps';

/**
 * MCconv by the identity of mcn.md, section 2: one product P with C^ per tap, then K multiply-adds with M,
 *
 *     P[h,(y,x)](p) = sum_{g,c} F[g,c](stride p + (y,x) - before) C^[h,g][c,y,x]
 *     out[h,k](p)   = sum_{y,x} M[k,y,x] P[h,(y,x)](p)
 *
 * instead of a convolution with K times as many filters.
 */
export const buildMcconv: LayerBuilder<'mcconv'> = (node, weight) => {
  const { kernel, stride, maps, planes } = node.values;
  const input = node.inputShapes[0]!;
  const channels = input[2];
  const c = weight('C');
  const m = weight('M');
  const taps = kernel * kernel;
  const eachTap = windowTaps(input, kernel, stride);
  const products = new Float64Array(maps);
  return ([x], output) => {
    output.fill(0);
    eachTap((tap, from, to) => {
      multiplyRow(x!, from * channels, channels, c, tap * channels * maps, products);
      for (let h = 0, at = to * maps * planes; h < maps; h++) {
        for (let k = 0; k < planes; k++) output[at++]! += m[k * taps + tap]! * products[h]!;
      }
    });
  };
};

/** Ordinary convolution. */
export const buildConv: LayerBuilder<'conv'> = (node, weight) => {
  const { kernel, stride, channels: outputs } = node.values;
  const input = node.inputShapes[0]!;
  const channels = input[2];
  const filters = weight('kernel');
  const eachTap = windowTaps(input, kernel, stride);
  const sums = new Float64Array(outputs);
  return ([x], output) => {
    output.fill(0);
    eachTap((tap, from, to) => {
      multiplyRow(x!, from * channels, channels, filters, tap * channels * outputs, sums);
      for (let o = 0, at = to * outputs; o < outputs; o++) output[at++]! += sums[o]!;
    });
  };
};

/** Dense layer: kernel [in, out] and bias. */
export const buildDense: LayerBuilder<'dense'> = (node, weight) => {
  const kernel = weight('kernel');
  const bias = weight('bias');
  const features = node.inputShapes[0]![2];
  const sums = new Float64Array(node.values.units);
  return ([x], output) => {
    multiplyRow(x!, 0, features, kernel, 0, sums);
    for (let unit = 0; unit < sums.length; unit++) output[unit] = sums[unit]! + bias[unit]!;
  };
};
