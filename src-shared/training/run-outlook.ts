import { z } from 'zod';
import type { DatasetDescription } from '../datasets/dataset-description';
import type { TrainingSettings } from './settings';

/** What a run will do, before it starts. */
export interface RunOutlook {
  images: number;
  testImages: number;
  stepsPerEpoch: number;
  steps: number;
}

/** A speed that was measured: training images per second of a network that takes so many multiply-adds per image. */
export const measuredSpeedSchema = z.object({
  imagesPerSecond: z.number().positive(),
  multiplyAdds: z.number().positive(),
});
export type MeasuredSpeed = z.infer<typeof measuredSpeedSchema>;

/** Shares of a data set that people train on first, in images. */
export const TRAIN_SLICES = [5_000, 20_000] as const;

/** Test images beside a slice: enough to tell a percent, without taking as long as the training. */
const TEST_SLICE = 2_000;

/** How long a first run may take: long enough to learn something, short enough to be waited for. */
const FIRST_RUN_SECONDS = 300;

/** A training step computes the gradients of inputs and of weights besides the output: three times the work of a test. */
const TRAINING_WORK = 3;

/** Images and steps of a run on a data set. */
export function runOutlook(settings: TrainingSettings, dataset: DatasetDescription): RunOutlook {
  const images = Math.min(settings.limitTrain ?? Infinity, dataset.trainCount);
  const testImages = Math.min(settings.limitTest ?? Infinity, dataset.testCount);
  const stepsPerEpoch = Math.ceil(images / settings.batchSize);
  return { images, testImages, stepsPerEpoch, steps: stepsPerEpoch * settings.epochs };
}

/**
 * Seconds that a run will take, tests included, judged by a speed measured before and the multiply-adds of both networks: right within a
 * factor of two or so, since small layers cost more per multiply-add than large ones.
 */
export function estimatedSeconds(
  outlook: RunOutlook,
  epochs: number,
  multiplyAdds: number,
  measured: MeasuredSpeed,
): number {
  const imagesPerSecond = (measured.imagesPerSecond * measured.multiplyAdds) / multiplyAdds;
  return (epochs * (outlook.images + outlook.testImages / TRAINING_WORK)) / imagesPerSecond;
}

/** The speed of a run's last steps: the median of at most 50, so that one slow step does not count; null without steps. */
export function medianSpeed(imagesPerSecond: Float64Array): number | null {
  if (imagesPerSecond.length === 0) return null;
  const last = imagesPerSecond.slice(-50).sort();
  return last[Math.floor(last.length / 2)]!;
}

/**
 * The settings limitTrain and limitTest with which a newcomer sees a result in minutes: all images (null) where the device gets through
 * them in time, otherwise the largest slice that it does, or the smallest one. A device whose speed is not known yet counts as slow.
 */
export function firstSlice(
  settings: TrainingSettings,
  dataset: DatasetDescription,
  multiplyAdds: number,
  speed: MeasuredSpeed | null,
): Pick<TrainingSettings, 'limitTrain' | 'limitTest'> {
  const whole = { limitTrain: null, limitTest: null };
  const slices = TRAIN_SLICES.filter((slice) => slice < dataset.trainCount).map((limitTrain) => ({
    limitTrain,
    limitTest: TEST_SLICE < dataset.testCount ? TEST_SLICE : null,
  }));
  const inTime = (limits: Pick<TrainingSettings, 'limitTrain' | 'limitTest'>): boolean => {
    if (!speed) return false;
    const outlook = runOutlook({ ...settings, ...limits }, dataset);
    return estimatedSeconds(outlook, settings.epochs, multiplyAdds, speed) <= FIRST_RUN_SECONDS;
  };
  if (slices.length === 0 || inTime(whole)) return whole;
  return slices.findLast(inTime) ?? slices[0]!;
}
