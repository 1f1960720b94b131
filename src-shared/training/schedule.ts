import type { TrainingSettings } from './settings';

/**
 * Factor on both learning rates at an exact position of the run.
 *
 * Over the first w = rateWarmupEpochs * stepsPerEpoch steps the factor of the schedule is multiplied by (step + 1) / w, so that the last
 * of them has it whole. constant: 1; cosine: 1 at first, after them (1 + cos(pi * (step - w) / (totalSteps - w))) / 2; step:
 * factor^floor(epoch / N); milestones: factor^(milestones passed). Epochs count from the start of the run.
 * @param step steps done so far, 0 for the first one
 */
export function rateFactor(settings: TrainingSettings, step: number, stepsPerEpoch: number): number {
  const rising = settings.rateWarmupEpochs * stepsPerEpoch;
  const factor = scheduleFactor(settings, step, stepsPerEpoch, rising);
  return step < rising ? (factor * (step + 1)) / rising : factor;
}

function scheduleFactor(
  settings: TrainingSettings,
  step: number,
  stepsPerEpoch: number,
  rising: number,
): number {
  const epoch = Math.floor(step / stepsPerEpoch);
  switch (settings.schedule) {
    case 'constant':
      return 1;
    case 'cosine': {
      const share = Math.max(0, step - rising) / (settings.epochs * stepsPerEpoch - rising);
      return (1 + Math.cos(Math.PI * share)) / 2;
    }
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
