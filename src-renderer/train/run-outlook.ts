import type { DatasetDescription } from '@shared/datasets/dataset-description';
import type { TrainingSettings } from '@shared/training/settings';

/** What a run will do, before it starts. */
export interface RunOutlook {
  images: number;
  testImages: number;
  stepsPerEpoch: number;
  steps: number;
}

/** A speed that was measured: training images per second of a network that takes so many multiply-adds per image. */
export interface MeasuredSpeed {
  imagesPerSecond: number;
  multiplyAdds: number;
}

/** A training step computes the gradients of inputs and of weights besides the output: three times the work of a test. */
const TRAINING_WORK = 3;

/** Images and steps of a run on a data set. */
export function runOutlook(settings: TrainingSettings, dataset: DatasetDescription): RunOutlook {
  const images = Math.min(settings.limitTrain ?? Infinity, dataset.trainCount);
  const testImages = Math.min(settings.limitTest ?? Infinity, dataset.testCount);
  const stepsPerEpoch = Math.ceil(images / settings.batchSize);
  return { images, testImages, stepsPerEpoch, steps: stepsPerEpoch * settings.epochs };
}

/** Seconds that a run will take, judged by a speed measured before and the multiply-adds of both networks. */
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
