import type { Split } from './split';

/** Mean and population standard deviation per channel, with pixels from 0 to 1. */
export interface ChannelStatistics {
  readonly mean: number[];
  readonly std: number[];
}

const VALUES = 256;

/** How often each of the 256 values comes in each channel, [channels, 256]; the images are [.., channels]. */
export function valueCounts(images: Uint8Array, channels: number): Float64Array<ArrayBuffer> {
  const counts = new Float64Array(channels * VALUES);
  for (let channel = 0; channel < channels; channel++) {
    const own = counts.subarray(channel * VALUES, (channel + 1) * VALUES);
    for (let at = channel; at < images.length; at += channels) own[images[at]!]!++;
  }
  return counts;
}

/** Statistics of the pixels behind {@link valueCounts}. */
export function statisticsOf(counts: Float64Array): ChannelStatistics {
  const mean: number[] = [];
  const std: number[] = [];
  for (let from = 0; from < counts.length; from += VALUES) {
    const own = counts.subarray(from, from + VALUES);
    const pixels = own.reduce((sum, count) => sum + count, 0);
    const average = own.reduce((sum, count, value) => sum + count * value, 0) / pixels;
    const variance = own.reduce((sum, count, value) => sum + count * (value - average) ** 2, 0) / pixels;
    mean.push(average / 255);
    std.push(Math.sqrt(variance) / 255);
  }
  return { mean, std };
}

/**
 * mean_c = sum(x) / n and std_c = sqrt(sum((x - mean_c)^2) / n) over all pixels x of channel c, divided by 255. From
 * counts of the 256 values, so the order of the images cannot change the result.
 */
export function channelStatistics({ images, channels }: Split): ChannelStatistics {
  return statisticsOf(valueCounts(images, channels));
}
