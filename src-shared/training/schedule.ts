import type { TrainingSettings } from './settings';

/**
 * Factor on both learning rates at an exact position of the run.
 *
 * cosine: (1 + cos(pi * step / totalSteps)) / 2; step: factor^floor(epoch / N); milestones: factor^(milestones passed).
 * @param step steps done so far, 0 for the first one
 */
export function rateFactor(settings: TrainingSettings, step: number, stepsPerEpoch: number): number {
  const epoch = Math.floor(step / stepsPerEpoch);
  switch (settings.schedule) {
    case 'constant':
      return 1;
    case 'cosine':
      return (1 + Math.cos((Math.PI * step) / (settings.epochs * stepsPerEpoch))) / 2;
    case 'step':
      return settings.decayFactor ** Math.floor(epoch / settings.stepEpochs);
    case 'milestones':
      return settings.decayFactor ** settings.milestones.filter((milestone) => milestone <= epoch).length;
  }
}

/** Epochs of warm-up: min(10, max(1, round(E / 10)), E - 1) unless set (mcn.md, section 3). */
export function warmupEpochs(settings: TrainingSettings): number {
  if (settings.warmupEpochs !== null) return settings.warmupEpochs;
  return Math.min(10, Math.max(1, Math.round(settings.epochs / 10)), settings.epochs - 1);
}

/** The step before which the centers are fitted for the first time; with one epoch, half of its steps. */
export function binarizeStep(settings: TrainingSettings, stepsPerEpoch: number): number {
  if (settings.epochs === 1 && settings.warmupEpochs === null) return Math.floor(stepsPerEpoch / 2);
  return warmupEpochs(settings) * stepsPerEpoch;
}

/** Whether the centers are fitted before this step: at the end of the warm-up and at the start of every refitEvery-th epoch after it. */
export function fitsCentersBefore(settings: TrainingSettings, step: number, stepsPerEpoch: number): boolean {
  const first = binarizeStep(settings, stepsPerEpoch);
  if (step === first) return true;
  if (step < first || settings.refitEvery === 0 || step % stepsPerEpoch !== 0) return false;
  return (step / stepsPerEpoch - Math.floor(first / stepsPerEpoch)) % settings.refitEvery === 0;
}
