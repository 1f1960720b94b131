import { describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { datasetRegistry } from '@shared/datasets/registry';
import { estimatedSeconds, firstSlice, medianSpeed, runOutlook } from '@shared/training/run-outlook';
import { trainingFields } from '@shared/training/settings';

const mnist = datasetRegistry.mnist!;
const settings = { ...defaultsOf(trainingFields), epochs: 4, batchSize: 128 };

describe('the outlook of a run', () => {
  it('counts images and steps within the limits', () => {
    expect(runOutlook(settings, mnist)).toEqual({
      images: 60_000,
      testImages: 10_000,
      stepsPerEpoch: 469,
      steps: 1876,
    });
    expect(runOutlook({ ...settings, limitTrain: 5000, limitTest: 1000 }, mnist)).toMatchObject({
      images: 5000,
      testImages: 1000,
      stepsPerEpoch: 40,
    });
  });

  it('judges the time by images, work and a measured speed', () => {
    const outlook = { images: 900, testImages: 300, stepsPerEpoch: 8, steps: 16 };
    const measured = { imagesPerSecond: 100, multiplyAdds: 2e6 };
    expect(estimatedSeconds(outlook, 2, 2e6, measured)).toBe(20);
    expect(estimatedSeconds(outlook, 2, 4e6, measured)).toBe(40);
  });

  it('takes the median of the last steps as the speed', () => {
    expect(medianSpeed(new Float64Array(0))).toBeNull();
    expect(medianSpeed(Float64Array.of(100, 2, 101))).toBe(100);
    expect(medianSpeed(Float64Array.from({ length: 200 }, (_, index) => (index < 150 ? 1 : 100)))).toBe(100);
  });
});

describe('the first slice', () => {
  const at = (imagesPerSecond: number) =>
    firstSlice(settings, mnist, 6e6, { imagesPerSecond, multiplyAdds: 6e6 });

  it('is everything on a fast device, a share on a slow one, the smallest where nothing is fast enough', () => {
    expect(at(2000)).toEqual({ limitTrain: null, limitTest: null });
    expect(at(400)).toEqual({ limitTrain: 20_000, limitTest: 2000 });
    expect(at(120)).toEqual({ limitTrain: 5000, limitTest: 2000 });
    expect(at(1)).toEqual({ limitTrain: 5000, limitTest: 2000 });
  });

  it('takes a device that is not measured yet for a slow one', () => {
    expect(firstSlice(settings, mnist, 6e6, null).limitTrain).toBe(5000);
  });

  it('leaves a small data set whole', () => {
    expect(firstSlice(settings, { ...mnist, trainCount: 3000 }, 6e6, null).limitTrain).toBeNull();
  });
});
