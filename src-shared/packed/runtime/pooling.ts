import type { LayerBuilder } from './layer';
import { windowTaps } from './taps';

/** Largest value of every window. Every window covers a part of the image, so nothing of the start remains. */
export const buildMaxPool: LayerBuilder<'maxpool'> = (node) => {
  const input = node.inputShapes[0]!;
  const channels = input[2];
  const eachTap = windowTaps(input, node.values.size, node.values.stride);
  return ([x], output) => {
    output.fill(-Infinity);
    eachTap((_tap, from, to) => {
      const source = from * channels;
      const target = to * channels;
      for (let channel = 0; channel < channels; channel++) {
        output[target + channel] = Math.max(output[target + channel]!, x![source + channel]!);
      }
    });
  };
};

/** Mean of the part of every window that lies inside the image. */
export const buildAvgPool: LayerBuilder<'avgpool'> = (node) => {
  const input = node.inputShapes[0]!;
  const [outHeight, outWidth, channels] = node.shape;
  const eachTap = windowTaps(input, node.values.size, node.values.stride);
  const covered = new Uint32Array(outHeight * outWidth);
  eachTap((_tap, _from, to) => {
    covered[to]!++;
  });
  return ([x], output) => {
    output.fill(0);
    eachTap((_tap, from, to) => {
      const source = from * channels;
      const target = to * channels;
      const share = 1 / covered[to]!;
      for (let channel = 0; channel < channels; channel++) {
        output[target + channel]! += share * x![source + channel]!;
      }
    });
  };
};

/** Mean of every channel. */
export const buildGlobalAvgPool: LayerBuilder<'globalavgpool'> = (node) => {
  const [height, width, channels] = node.inputShapes[0]!;
  const positions = height * width;
  const sums = new Float64Array(channels);
  return ([x], output) => {
    sums.fill(0);
    for (let position = 0, at = 0; position < positions; position++) {
      for (let channel = 0; channel < channels; channel++) sums[channel]! += x![at++]!;
    }
    for (let channel = 0; channel < channels; channel++) output[channel] = sums[channel]! / positions;
  };
};
