import { uniform } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import type { TrainingSettings } from '@shared/training/settings';

/** Where an image lands in the network's input: how far from the middle, in pixels, and whether it is mirrored there. */
export interface Placement {
  readonly down: number;
  readonly right: number;
  readonly mirrored: boolean;
}

/** What is drawn for every training image anew in every epoch. */
export type Augmentation = Pick<TrainingSettings, 'seed' | 'cropPadding' | 'horizontalFlip'>;

/** Whether anything is drawn at all. */
export function augments({ cropPadding, horizontalFlip }: Augmentation): boolean {
  return cropPadding > 0 || horizontalFlip;
}

/** Words of one image: two offsets, the flip, one to spare, so that an image takes whole blocks of the generator. */
const DRAWS = 4;

/**
 * The placements of the images `records` in an epoch. Padded by p = cropPadding raw zeros on every side and cropped at
 * random to its old size, an image is moved by p - floor(u (2 p + 1)) pixels along each axis, all 2 p + 1 ways alike
 * (to 2^-32); then it is mirrored with probability 1/2. The draws of image i are a function of (seed, epoch, i) alone.
 *
 * @param epoch from 0
 */
export function drawPlacements(
  { seed, cropPadding, horizontalFlip }: Augmentation,
  epoch: number,
  records: ArrayLike<number>,
): Placement[] {
  const key = randomKey(seed, 'augment', 'placement', epoch);
  const moved = (record: number, draw: number): number =>
    cropPadding - Math.floor(uniform(key, record * DRAWS + draw) * (2 * cropPadding + 1));
  return Array.from(records, (record) => ({
    down: moved(record, 0),
    right: moved(record, 1),
    mirrored: horizontalFlip && uniform(key, record * DRAWS + 2) < 0.5,
  }));
}
