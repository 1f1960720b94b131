import { describe, expect, it } from 'vitest';
import { logRange, valueRange } from '@renderer/charts/value-range';

const axis = { labels: (ticks: readonly number[]) => ticks.map(String) };

describe('value range', () => {
  const falling = Array.from({ length: 200 }, (_, index): number => (index < 10 ? 2.3 : 0.1));

  it('lets the steep start leave the picture', () => {
    expect(valueRange([falling], axis, false)[1]).toBeLessThan(0.2);
    expect(valueRange([falling], axis, true)[1]).toBeGreaterThan(2.3);
  });

  it('never cuts off an extreme after the start', () => {
    const spike = falling.with(150, 7);
    expect(valueRange([spike, falling], axis, false)[1]).toBeGreaterThan(7);
  });

  it('shows everything while there is little', () => {
    expect(valueRange([[2.3, 0.1, 0.1]], axis, false)[1]).toBeGreaterThan(2.3);
  });

  it('holds to hard limits and begins at zero where asked', () => {
    expect(valueRange([[0.9, 1]], { ...axis, min: 0, max: 1 }, false)[1]).toBe(1);
    expect(valueRange([[900, 1000]], { ...axis, min: 0, fromMin: true }, false)[0]).toBe(0);
  });

  it('leaves the room above that is asked for', () => {
    expect(valueRange([[500, 1000]], { ...axis, min: 0, fromMin: true, headroom: 0.5 }, false)).toEqual([
      0, 1500,
    ]);
  });

  it('is never empty: not without values, nor for a constant', () => {
    expect(valueRange([], axis, false)).toEqual([0, 1]);
    const [low, high] = valueRange([[1, 1]], { ...axis, min: 0, max: 1 }, false);
    expect(high).toBeGreaterThan(low);
    const [bottom, top] = valueRange([[0, 0]], { ...axis, min: 0 }, false);
    expect([bottom, top]).toEqual([0, 1]);
  });

  it('spans whole decades on a log axis and ignores what has no logarithm', () => {
    expect(logRange([[0, -1, 0.02, 3, null]])).toEqual([0.01, 10]);
    expect(logRange([[0]])).toEqual([0.1, 1]);
  });
});
