import { StudioError } from '@shared/problem';
import { permutation } from '@shared/random/permutation';
import { randomKey } from '@shared/random/random-key';
import { statisticsOf, type ChannelStatistics } from '../channel-statistics';
import { imagePath, storedSize, type ImageFiles } from './image-files';
import { centerCrop } from './image-geometry';

/** Published for ImageNet: mean and deviation of R, G and B. */
const IMAGENET: ChannelStatistics = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** Training images that are measured: their pixels are millions, so more would change the fourth digit. */
const SAMPLE = 1000;
const IMAGES_AT_A_TIME = 50;

/**
 * Measures mean and deviation of up to 1,000 training images, as tests would crop them. The sample is drawn under a key of
 * its own, so that every run on a set has the same statistics, whatever its seed.
 */
async function measured(images: ImageFiles): Promise<ChannelStatistics> {
  const { reader, width, height, channels, imageFit } = images;
  const sample = permutation(randomKey(0, 'split', 'statistics'), images.count).slice(0, SAMPLE);
  const counts = new Float64Array(256 * channels);
  for (let from = 0; from < sample.length; from += IMAGES_AT_A_TIME) {
    const shots = Array.from(sample.subarray(from, from + IMAGES_AT_A_TIME), (record) => ({
      path: imagePath(images, record),
      geometry: imageFit === 'stored' ? null : centerCrop(storedSize(images, record), images),
    }));
    const some = await reader.ask({ kind: 'counts', shots, size: { width, height }, channels });
    some.forEach((count, value) => {
      counts[value]! += count;
    });
  }
  return statisticsOf(counts);
}

/**
 * Mean and deviation by which a folder's images are normalised: measured, or ImageNet's (which only colour images have).
 *
 * @throws StudioError images-statistics, dataset-blank, image-bad
 */
export async function imageStatistics(
  images: ImageFiles,
  which: 'measured' | 'imagenet',
): Promise<ChannelStatistics> {
  if (which === 'imagenet') {
    if (images.channels === 3) return IMAGENET;
    throw new StudioError({
      code: 'images-statistics',
      message: "ImageNet's statistics are for colour images, and the network's input is gray.",
      fix: 'Set Statistics (imageStatistics) to measured.',
      field: 'imageStatistics',
    });
  }
  const found = await measured(images);
  if (found.std.every((value) => value > 0)) return found;
  throw new StudioError({
    code: 'dataset-blank',
    message: `${images.root}: the training images that were measured have the same value everywhere in a channel, so it cannot be normalised.`,
    fix: 'Check how the files were written.',
    path: images.root,
  });
}
