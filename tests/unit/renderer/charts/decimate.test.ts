import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate } from '@renderer/charts/decimate';

function shown(column: readonly (number | null)[]): number[] {
  return column.filter((value) => value !== null);
}

describe('decimate', () => {
  it('never drops an extreme and never invents a value', () => {
    const arbitrary = fc.record({
      values: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 400 }),
      buckets: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ values, buckets }) => {
        const { rows, lines } = decimate(
          [{ kind: 'steps', values: Float64Array.from(values) }],
          0,
          values.length,
          buckets,
        );
        const kept = shown(lines[0]!);
        expect(Math.max(...kept)).toBe(Math.max(...values));
        expect(Math.min(...kept)).toBe(Math.min(...values));
        expect(kept.every((value) => values.includes(value))).toBe(true);
        expect(rows.length).toBeLessThanOrEqual(2 * buckets);
        expect(rows.every((row, index) => index === 0 || row > rows[index - 1]!)).toBe(true);
      }),
    );
  });

  it('keeps a spike of one step among 100,000', () => {
    const values = new Float64Array(100_000).fill(0.1);
    values[54_321] = 9;
    const { rows, lines } = decimate([{ kind: 'steps', values }], 0, values.length, 600);
    const place = lines[0]!.indexOf(9);
    expect(rows.length).toBe(1200);
    expect(Math.abs(rows[place]! - 54_321)).toBeLessThan(100_000 / 600);
  });

  it('keeps the order of rise and fall inside a bucket', () => {
    const values = Float64Array.of(5, 1, 3, 3, 2, 9, 4, 4);
    expect(decimate([{ kind: 'steps', values }], 0, 8, 2).lines[0]).toEqual([5, 1, 2, 9]);
  });

  it('shows few rows as they are, with gaps where a value is not finite', () => {
    const values = Float64Array.of(1, NaN, 3);
    expect(decimate([{ kind: 'steps', values }], 1, 3, 10)).toEqual({ rows: [1, 2], lines: [[null, 3]] });
  });

  it('keeps single points beside dense lines, thinned or not', () => {
    const points = { kind: 'points', rows: [9, 500, 999], values: [0.1, 0.5, 0.9] } as const;
    const thinned = decimate([points], 0, 1000, 20);
    expect(shown(thinned.lines[0]!)).toEqual([0.1, 0.5, 0.9]);
    expect(thinned.rows[thinned.lines[0]!.indexOf(0.9)]).toBe(999);
    expect(decimate([points], 495, 505, 20).lines[0]![5]).toBe(0.5);
  });
});
