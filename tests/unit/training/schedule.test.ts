import { describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { binarizeStep, fitsCentersBefore, rateFactor, warmupEpochs } from '@shared/training/schedule';
import { trainingFields, type TrainingSettings } from '@shared/training/settings';

function settings(changes: Partial<TrainingSettings>): TrainingSettings {
  return { ...defaultsOf(trainingFields), ...changes };
}

describe('rateFactor', () => {
  it('falls as half a cosine to zero at the end of the run', () => {
    const cosine = settings({ schedule: 'cosine', epochs: 4 });
    expect(rateFactor(cosine, 0, 10)).toBe(1);
    expect(rateFactor(cosine, 20, 10)).toBeCloseTo(0.5, 12);
    expect(rateFactor(cosine, 40, 10)).toBeCloseTo(0, 12);
  });

  it('cuts every N epochs, or at milestones', () => {
    const step = settings({ schedule: 'step', stepEpochs: 2, decayFactor: 0.1 });
    expect([0, 19, 20, 40].map((at) => rateFactor(step, at, 10))).toEqual([1, 1, 0.1, 0.1 ** 2]);
    const milestones = settings({ schedule: 'milestones', milestones: [1, 3], decayFactor: 0.2 });
    expect([9, 10, 29, 30].map((at) => rateFactor(milestones, at, 10))).toEqual([1, 0.2, 0.2, 0.2 ** 2]);
    expect(rateFactor(settings({ schedule: 'constant' }), 1e6, 10)).toBe(1);
  });
});

describe('warm-up (mcn.md, section 3)', () => {
  it('is min(10, max(1, round(E/10)), E-1) epochs', () => {
    const lengths = [1, 2, 4, 10, 25, 200].map((epochs) => warmupEpochs(settings({ epochs })));
    expect(lengths).toEqual([0, 1, 1, 1, 3, 10]);
  });

  it('ends after half of the steps when there is one epoch', () => {
    expect(binarizeStep(settings({ epochs: 1 }), 15)).toBe(7);
    expect(binarizeStep(settings({ epochs: 4 }), 15)).toBe(15);
  });

  it('fits the centers first at its end, then before every refitEvery-th epoch, never after the last step', () => {
    const fitted = (changes: Partial<TrainingSettings>): number[] => {
      const own = settings({ epochs: 6, ...changes });
      return Array.from({ length: 60 }, (_, step) => step).filter((step) => fitsCentersBefore(own, step, 10));
    };
    expect(fitted({})).toEqual([10, 20, 30, 40, 50]);
    expect(fitted({ refitEvery: 2 })).toEqual([10, 30, 50]);
    expect(fitted({ refitEvery: 0 })).toEqual([10]);
    expect(fitted({ warmupEpochs: 0, refitEvery: 3 })).toEqual([0, 30]);
  });
});
