import { basename } from 'node:path';
import { USUAL_SIDE, type DatasetDescription } from '@shared/datasets/dataset-description';
import { StudioError } from '@shared/problem';
import { channelStatistics } from './channel-statistics';
import type { Split } from './split';

/** Statistics of the registry have four digits. */
const DIGITS = 4;

/**
 * Describes a set that comes without a description: counts and sizes from the splits, statistics from the pixels of
 * the training images.
 *
 * @throws StudioError dataset-blank
 */
export function describeSet(
  place: string,
  train: Split,
  test: Split,
  classes: readonly string[],
): DatasetDescription {
  const { mean, std } = channelStatistics(train);
  if (std.some((value) => value === 0)) {
    throw new StudioError({
      code: 'dataset-blank',
      message: `${place}: all pixels of the training images are equal, so they cannot be normalised.`,
      fix: 'Check how the files were written.',
      path: place,
    });
  }
  return {
    id: place,
    name: basename(place) || place,
    classes: [...classes],
    channels: train.channels,
    height: train.height,
    width: train.width,
    trainCount: train.count,
    testCount: test.count,
    mean,
    std,
    pad: { to: USUAL_SIDE, value: 0 },
    attribution: '',
    license: '',
    source: place,
  };
}

/**
 * The known set that a described one is: as many images, the same class names, and the same statistics of all training
 * pixels to four digits. The description itself when it is another set.
 */
export function knownOrOwn(own: DatasetDescription, known: DatasetDescription): DatasetDescription {
  const facts = (set: DatasetDescription): string =>
    JSON.stringify([
      [set.trainCount, set.testCount, set.height, set.width, set.classes],
      [...set.mean, ...set.std].map((value) => value.toFixed(DIGITS)),
    ]);
  return facts(own) === facts(known) ? known : own;
}
