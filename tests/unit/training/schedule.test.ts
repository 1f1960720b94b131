import fc from 'fast-check';
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

  it('rises linearly over the epochs of a warm-up, then follows the schedule', () => {
    const constant = settings({ schedule: 'constant', epochs: 4, rateWarmupEpochs: 2 });
    const rising = [0, 1, 2, 3, 4, 9].map((step) => rateFactor(constant, step, 2));
    expect(rising).toEqual([0.25, 0.5, 0.75, 1, 1, 1]);
    const cosine = settings({ schedule: 'cosine', epochs: 3, rateWarmupEpochs: 1 });
    expect([3, 4, 8].map((step) => rateFactor(cosine, step, 4))).toEqual([1, 1, expect.closeTo(0.5, 12)]);
  });
});

describe('every schedule', () => {
  const stepsPerEpoch = fc.integer({ min: 1, max: 12 });
  const schedules = fc
    .record({
      schedule: fc.constantFrom(...trainingFields.schedule.options.map(({ value }) => value)),
      epochs: fc.integer({ min: 2, max: 30 }),
      stepEpochs: fc.integer({ min: 1, max: 10 }),
      milestones: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
      decayFactor: fc.double({ min: 0.01, max: 1, noNaN: true }),
      rateWarmupEpochs: fc.integer({ min: 0, max: 29 }),
    })
    .filter(({ epochs, rateWarmupEpochs }) => rateWarmupEpochs < epochs)
    .map(({ milestones, ...own }) => settings({ ...own, milestones: milestones.sort((a, b) => a - b) }));

  function factors(own: TrainingSettings, perEpoch: number): number[] {
    return Array.from({ length: own.epochs * perEpoch }, (_, step) => rateFactor(own, step, perEpoch));
  }

  it('stays above 0 and at most 1, and never rises after the warm-up', () => {
    fc.assert(
      fc.property(schedules, stepsPerEpoch, (own, perEpoch) => {
        const found = factors(own, perEpoch);
        expect(found.every((factor) => factor > 0 && factor <= 1)).toBe(true);
        const after = found.slice(own.rateWarmupEpochs * perEpoch);
        expect(after.every((factor, at) => at === 0 || factor <= after[at - 1]!)).toBe(true);
      }),
    );
  });

  it('has a warm-up that is a straight line from its first step to its last, where it is not cut', () => {
    fc.assert(
      fc.property(schedules, stepsPerEpoch, (own, perEpoch) => {
        const rising = own.rateWarmupEpochs * perEpoch;
        const found = factors({ ...own, milestones: [], stepEpochs: own.epochs }, perEpoch);
        for (let step = 0; step < rising; step++) expect(found[step]).toBeCloseTo((step + 1) / rising, 12);
      }),
    );
  });

  it('only cuts at the start of an epoch, save the cosine', () => {
    fc.assert(
      fc.property(schedules, stepsPerEpoch, (own, perEpoch) => {
        fc.pre(own.schedule !== 'cosine');
        const found = factors({ ...own, rateWarmupEpochs: 0 }, perEpoch);
        for (const [step, factor] of found.entries()) {
          if (step % perEpoch !== 0) expect(factor).toBe(found[step - 1]);
        }
      }),
    );
  });

  it('begins with 1 without a warm-up', () => {
    fc.assert(
      fc.property(schedules, stepsPerEpoch, (own, perEpoch) => {
        expect(rateFactor({ ...own, rateWarmupEpochs: 0 }, 0, perEpoch)).toBe(1);
      }),
    );
  });

  it('is symmetric about its half if it is the cosine', () => {
    fc.assert(
      fc.property(schedules, stepsPerEpoch, (own, perEpoch) => {
        const cosine: TrainingSettings = { ...own, schedule: 'cosine' };
        const rising = own.rateWarmupEpochs * perEpoch;
        const total = own.epochs * perEpoch;
        for (let step = rising; step <= total; step++) {
          const mirrored = rateFactor(cosine, total + rising - step, perEpoch);
          expect(rateFactor(cosine, step, perEpoch) + mirrored).toBeCloseTo(1, 12);
        }
      }),
    );
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
