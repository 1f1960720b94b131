import { describe, expect, it } from 'vitest';
import { permutation } from '@shared/random/permutation';
import { randomKey } from '@shared/random/random-key';

describe('permutation', () => {
  it('holds every number once', () => {
    for (const n of [0, 1, 2, 3, 1000, 60_000]) {
      const sorted = permutation(randomKey(1, 'shuffle', n), n).sort();
      expect(sorted).toEqual(Uint32Array.from({ length: n }, (_, index) => index));
    }
  });

  it('is the same for the same key and another for another', () => {
    const first = permutation(randomKey(1, 'shuffle', 1), 1000);
    expect(permutation(randomKey(1, 'shuffle', 1), 1000)).toEqual(first);
    expect(permutation(randomKey(1, 'shuffle', 2), 1000)).not.toEqual(first);
    expect(permutation(randomKey(2, 'shuffle', 1), 1000)).not.toEqual(first);
  });

  it('draws all 24 orders of four things equally often', () => {
    const draws = 24_000;
    const counts = new Map<string, number>();
    for (let draw = 0; draw < draws; draw++) {
      const order = permutation(randomKey(9, 'split', draw), 4).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const expected = draws / 24;
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    expect(chiSquare).toBeLessThan(23 + 5 * Math.sqrt(46));
  });

  it('leaves about one thing in its place, and no trend', () => {
    const n = 10_000;
    const order = permutation(randomKey(3, 'shuffle'), n);
    expect(order.filter((value, index) => value === index).length).toBeLessThan(8);
    const mean = (n - 1) / 2;
    const covariance = order.reduce((sum, value, index) => sum + (value - mean) * (index - mean), 0) / n;
    expect(Math.abs(covariance / ((n * n - 1) / 12))).toBeLessThan(5 / Math.sqrt(n));
  });

  it('refuses what cannot be counted', () => {
    for (const n of [-1, 1.5, 2 ** 32])
      expect(() => permutation(randomKey(1, 'shuffle'), n)).toThrow(RangeError);
  });
});
