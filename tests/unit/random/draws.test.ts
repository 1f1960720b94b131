import { describe, expect, it } from 'vitest';
import { normals, uniform, uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';

const COUNT = 200_000;

function moments(values: Float32Array): {
  mean: number;
  variance: number;
  skewness: number;
  kurtosis: number;
} {
  const average = (power: number, center: number): number =>
    values.reduce((sum, value) => sum + (value - center) ** power, 0) / values.length;
  const mean = average(1, 0);
  const variance = average(2, mean);
  const skewness = average(3, mean) / variance ** 1.5;
  return { mean, variance, skewness, kurtosis: average(4, mean) / variance ** 2 };
}

function correlation(a: Float32Array, b: Float32Array): number {
  const [ma, mb] = [moments(a), moments(b)];
  const covariance = a.reduce((sum, value, i) => sum + (value - ma.mean) * (b[i]! - mb.mean), 0) / a.length;
  return covariance / Math.sqrt(ma.variance * mb.variance);
}

describe('uniform', () => {
  const key = randomKey(1, 'dropout', 'test');

  it('does not depend on the order of draws', () => {
    const forward = Array.from({ length: 100 }, (_, index) => uniform(key, index));
    const backward = Array.from({ length: 100 }, (_, index) => uniform(key, 99 - index)).reverse();
    expect(backward).toEqual(forward);
    expect(new Set(forward).size).toBe(100);
  });

  it('counts past 2^32 blocks without repeating itself', () => {
    const far = 4 * 2 ** 32;
    expect(uniform(key, far)).not.toBe(uniform(key, 0));
    expect(uniform(key, far + 1)).not.toBe(uniform(key, 1));
    expect(uniform(key, Number.MAX_SAFE_INTEGER)).toBeLessThan(1);
  });

  it('refuses an index that is none', () => {
    for (const index of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => uniform(key, index)).toThrow(RangeError);
  });
});

describe('uniforms', () => {
  it('is spread evenly: moments and 64 cells', () => {
    const values = uniforms(randomKey(2, 'init', 'u'), COUNT, 0.5, 1.5);
    const { mean, variance } = moments(values);
    expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(1 / 12 / COUNT));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / COUNT));
    const cells = new Array<number>(64).fill(0);
    for (const value of values) cells[Math.min(63, Math.floor((value - 0.5) * 64))]!++;
    const expected = COUNT / 64;
    const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeGreaterThan(63 - 5 * Math.sqrt(126));
    expect(chiSquare).toBeLessThan(63 + 5 * Math.sqrt(126));
  });

  it('holds the single draws, whatever its length', () => {
    const key = randomKey(3, 'augment');
    for (const count of [0, 1, 2, 3, 4, 5, 9]) {
      const expected = Array.from({ length: count }, (_, index) => Math.fround(uniform(key, index)));
      expect([...uniforms(key, count, 0, 1)]).toEqual(expected);
    }
  });
});

describe('normals', () => {
  it('has the moments of the standard normal distribution', () => {
    const { mean, variance, skewness, kurtosis } = moments(normals(randomKey(4, 'init', 'w'), COUNT));
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(COUNT));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / COUNT));
    expect(Math.abs(skewness)).toBeLessThan(5 * Math.sqrt(6 / COUNT));
    expect(Math.abs(kurtosis - 3)).toBeLessThan(5 * Math.sqrt(24 / COUNT));
  });

  it('has as much beyond 1, 2 and 3 deviations as it should', () => {
    const values = normals(randomKey(5, 'init', 'w'), COUNT);
    for (const [limit, share] of [
      [1, 0.317311],
      [2, 0.0455],
      [3, 0.0027],
    ] as const) {
      const found = values.filter((value) => Math.abs(value) > limit).length / COUNT;
      expect(Math.abs(found - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / COUNT));
    }
  });

  it('a longer array starts with a shorter one', () => {
    const key = randomKey(6, 'init');
    const long = normals(key, 11);
    for (let count = 0; count <= 11; count++) expect(normals(key, count)).toEqual(long.slice(0, count));
    expect([...long].every(Number.isFinite)).toBe(true);
  });

  it('differs between purposes, parts and neighbours without correlation', () => {
    const bound = 5 / Math.sqrt(COUNT);
    const values = normals(randomKey(1, 'init', 'a'), COUNT);
    for (const other of [
      randomKey(1, 'init', 'b'),
      randomKey(2, 'init', 'a'),
      randomKey(1, 'augment', 'a'),
    ]) {
      expect(Math.abs(correlation(values, normals(other, COUNT)))).toBeLessThan(bound);
    }
    expect(Math.abs(correlation(values.slice(1), values.slice(0, -1)))).toBeLessThan(bound);
  });
});
