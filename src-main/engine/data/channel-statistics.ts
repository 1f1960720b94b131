import type { Split } from './split';

/** Mean and population standard deviation per channel, with pixels from 0 to 1. */
export interface ChannelStatistics {
  readonly mean: number[];
  readonly std: number[];
}

/**
 * mean_c = sum(x) / n and std_c = sqrt(sum((x - mean_c)^2) / n) over all pixels x of channel c, divided by 255. From
 * counts of the 256 values, so the order of the images cannot change the result.
 */
export function channelStatistics(split: Split): ChannelStatistics {
  const { channels, images } = split;
  const mean: number[] = [];
  const std: number[] = [];
  const pixels = images.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    const counts = new Float64Array(256);
    for (let at = channel; at < images.length; at += channels) counts[images[at]!]!++;
    const average = counts.reduce((sum, count, value) => sum + count * value, 0) / pixels;
    const variance = counts.reduce((sum, count, value) => sum + count * (value - average) ** 2, 0) / pixels;
    mean.push(average / 255);
    std.push(Math.sqrt(variance) / 255);
  }
  return { mean, std };
}
