import { USUAL_SIDE, type DatasetDescription } from './dataset-description';

/** What decides how much of a set a run keeps in memory. */
type HeldSet = Pick<
  DatasetDescription,
  'adapts' | 'height' | 'width' | 'channels' | 'trainCount' | 'testCount'
>;

/**
 * Bytes of decoded images that a run on a set keeps in memory. Sets of small images are read as a whole; images in files of
 * their own are decoded when they are needed, and none is kept.
 */
export function heldBytes(
  { adapts, height, width, channels, trainCount, testCount }: HeldSet,
  { limitTrain, limitTest }: { limitTrain: number | null; limitTest: number | null },
): number {
  if (adapts || height > USUAL_SIDE || width > USUAL_SIDE) return 0;
  const images = Math.min(trainCount, limitTrain ?? Infinity) + Math.min(testCount, limitTest ?? Infinity);
  return images * height * width * channels;
}
