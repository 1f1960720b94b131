import { describe, expect, it } from 'vitest';
import { augments, drawPlacements, type Augmentation } from '@main/engine/data/augmentation';
import { fillBatch, inputSpec } from '@main/engine/data/preprocess';
import type { Split } from '@main/engine/data/split';
import { uniform } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';

const recipe: Augmentation = { seed: 5, cropPadding: 4, horizontalFlip: true };
const all = Uint32Array.from({ length: 20_000 }, (_, record) => record);

/** How often each value comes. */
function counts(values: readonly number[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}

describe('placements', () => {
  it('are those that their definition gives', () => {
    const key = randomKey(5, 'augment', 'placement', 3);
    const [placement] = drawPlacements(recipe, 3, [17]);
    expect(placement).toEqual({
      down: 4 - Math.floor(9 * uniform(key, 68)),
      right: 4 - Math.floor(9 * uniform(key, 69)),
      mirrored: uniform(key, 70) < 0.5,
    });
  });

  it('of an image depend on seed, epoch and image alone, not on its batch', () => {
    const whole = drawPlacements(recipe, 2, all.subarray(0, 100));
    const backward = drawPlacements(recipe, 2, all.slice(0, 100).reverse()).reverse();
    const pieces = [0, 30, 70].flatMap((from, at) =>
      drawPlacements(recipe, 2, all.subarray(from, [30, 70, 100][at])),
    );
    expect(backward).toEqual(whole);
    expect(pieces).toEqual(whole);
    expect(drawPlacements(recipe, 3, all.subarray(0, 100))).not.toEqual(whole);
    expect(drawPlacements({ ...recipe, seed: 6 }, 2, all.subarray(0, 100))).not.toEqual(whole);
  });

  it('come all alike: chi-square of the shifts, share of the mirrored, no correlation', () => {
    const placements = drawPlacements(recipe, 0, all);
    for (const axis of ['down', 'right'] as const) {
      const found = counts(placements.map((placement) => placement[axis]));
      expect([...found.keys()].sort((a, b) => a - b)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
      const expected = all.length / 9;
      const chiSquare = [...found.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
      expect(chiSquare).toBeLessThan(8 + 5 * Math.sqrt(16));
    }
    const mirrored = placements.filter((placement) => placement.mirrored).length;
    expect(Math.abs(mirrored - all.length / 2)).toBeLessThan(5 * Math.sqrt(all.length / 4));
    // Products of independent shifts have the mean 0 and the variance (60 / 9)^2.
    const covariance = placements.reduce((sum, { down, right }) => sum + down * right, 0) / all.length;
    expect(Math.abs(covariance)).toBeLessThan((5 * (60 / 9)) / Math.sqrt(all.length));
  });

  it('without a setting stay where they are', () => {
    const still = { seed: 5, cropPadding: 0, horizontalFlip: false };
    expect([augments(recipe), augments({ ...still, cropPadding: 1 }), augments(still)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(drawPlacements(still, 0, [3])).toEqual([{ down: 0, right: 0, mirrored: false }]);
  });
});

describe('fillBatch with placements', () => {
  const split: Split = {
    count: 1,
    height: 2,
    width: 3,
    channels: 1,
    images: Uint8Array.from([10, 20, 30, 40, 50, 60]),
    labels: Uint8Array.from([0]),
  };
  const statistics = { mean: [0.5], std: [0.25] };

  function raw(
    size: [number, number],
    placement: { down: number; right: number; mirrored: boolean },
  ): number[] {
    const [height, width] = size;
    const spec = inputSpec({ height, width, planes: 1, color: 'gray', extra: 'gray' }, statistics);
    const target = new Float32Array(height * width).fill(Number.NaN);
    fillBatch(split, [0], target, spec, [placement]);
    return Array.from(target, (value) => Math.round((value * 0.25 + 0.5) * 255));
  }

  it.each([
    [{ down: 1, right: 0, mirrored: false }, [0, 0, 0, 10, 20, 30]],
    [{ down: -1, right: -1, mirrored: false }, [50, 60, 0, 0, 0, 0]],
    [{ down: 0, right: 2, mirrored: false }, [0, 0, 10, 0, 0, 40]],
    [{ down: 0, right: 0, mirrored: true }, [30, 20, 10, 60, 50, 40]],
    [{ down: 0, right: 1, mirrored: true }, [20, 10, 0, 50, 40, 0]],
    [{ down: 5, right: 0, mirrored: true }, [0, 0, 0, 0, 0, 0]],
    [{ down: 0, right: -7, mirrored: false }, [0, 0, 0, 0, 0, 0]],
  ])('moves, then mirrors, and fills with raw zeros: %o', (placement, expected) => {
    expect(raw([2, 3], placement)).toEqual(expected);
  });

  it('moves the padded image, whose odd rest is mirrored with it', () => {
    expect(raw([2, 4], { down: 0, right: 0, mirrored: false })).toEqual([10, 20, 30, 0, 40, 50, 60, 0]);
    expect(raw([2, 4], { down: 0, right: 0, mirrored: true })).toEqual([0, 30, 20, 10, 0, 60, 50, 40]);
  });

  it('normalises what it moves in as a raw zero, in gray made of colours, too', () => {
    const colour: Split = { ...split, width: 1, height: 2, channels: 3 };
    const values = { height: 2, width: 1, planes: 4, color: 'rgb', extra: 'gray' } as const;
    const spec = inputSpec(values, { mean: [0.5, 0.4, 0.3], std: [0.25, 0.2, 0.1] });
    const target = new Float32Array(8);
    fillBatch(colour, [0], target, spec, [{ down: 1, right: 0, mirrored: false }]);
    const gray = (0.299 * 0.5 + 0.587 * 0.4 + 0.114 * 0.3) / (0.299 * 0.25 + 0.587 * 0.2 + 0.114 * 0.1);
    [-2, -2, -3, -gray].forEach((value, channel) => {
      expect(target[channel]).toBeCloseTo(value, 5);
    });
    expect(target[4]).toBeCloseTo((10 / 255 - 0.5) / 0.25, 5);
  });
});
