import type { RunHistory } from '@shared/training/run-history';

/** Steps over which the speed is averaged. */
const WINDOW = 40;
/** A test image takes the forward pass only, about a third of a training step's work on it. */
const TEST_SHARE = 1 / 3;

/**
 * How long a run still takes, in seconds: the images left to train and to test at the speed of the latest steps. null before the first
 * steps, and when the run is over.
 */
export function remainingSeconds(history: RunHistory): number | null {
  const { plan, metrics, step, state } = history;
  if (!plan || metrics.count === 0) return null;
  if (state !== 'training' && state !== 'testing' && state !== 'paused') return null;
  const speeds = metrics.column('imagesPerSecond').subarray(Math.max(0, metrics.count - WINDOW));
  // The mean time per image, not the mean speed: a slow step counts for as long as it took.
  const secondsPerImage = speeds.reduce((sum, speed) => sum + 1 / speed, 0) / speeds.length;
  const epochsLeft = (plan.totalSteps - step) / plan.stepsPerEpoch;
  const testsLeft = plan.epochs - history.epochs.length;
  const images = epochsLeft * plan.trainCount + testsLeft * plan.testCount * TEST_SHARE;
  return images * secondsPerImage;
}
