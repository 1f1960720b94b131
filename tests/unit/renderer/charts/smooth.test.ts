import { describe, expect, it } from 'vitest';
import { smooth as smoothInto, SmoothingRoom, weightOver } from '@renderer/charts/smooth';

function smooth(values: Float64Array, weight: number): Float64Array {
  return smoothInto(values, weight, new Float64Array(values.length));
}

describe('smooth', () => {
  it('is the weighted mean of what came so far', () => {
    const smoothed = smooth(Float64Array.of(4, 2, 8), 0.5);
    expect(smoothed[0]).toBe(4);
    expect(smoothed[1]).toBeCloseTo((0.5 * 4 + 2) / 1.5, 12);
    expect(smoothed[2]).toBeCloseTo((0.25 * 4 + 0.5 * 2 + 8) / 1.75, 12);
  });

  it('keeps a constant constant from the first value on', () => {
    for (const value of smooth(new Float64Array(500).fill(3), 0.99)) expect(value).toBeCloseTo(3, 12);
  });

  it('passes over values that are not finite instead of spreading them', () => {
    const smoothed = smooth(Float64Array.of(NaN, 1, Infinity, 1), 0.9);
    expect(smoothed[0]).toBeNaN();
    expect([...smoothed.subarray(1)]).toEqual([1, 1, 1]);
  });

  it('leaves the values as they are without a weight', () => {
    expect([...smooth(Float64Array.of(1, 5), 0)]).toEqual([1, 5]);
  });

  it('writes into the room it is given and no further', () => {
    const into = new Float64Array(4).fill(7);
    expect(smoothInto(Float64Array.of(1, 5), 0, into)).toHaveLength(2);
    expect([...into]).toEqual([1, 5, 7, 7]);
  });

  it('goes over as much longer a stretch as a run is longer', () => {
    const half = (weight: number) => Math.log(0.5) / Math.log(weight);
    expect(weightOver(0.9, 500)).toBe(0.9);
    expect(half(weightOver(0.9, 50_000))).toBeCloseTo(100 * half(0.9), 6);
    expect(weightOver(0, 50_000)).toBe(0);
  });
});

describe('room for smoothed values', () => {
  it('is kept until it has to grow', () => {
    const room = new SmoothingRoom();
    const first = room.take('loss', 1000);
    expect(room.take('loss', 1010)).toBe(first);
    expect(room.take('speed', 10)).not.toBe(first);
    expect(room.take('loss', 5000).length).toBeGreaterThanOrEqual(5000);
  });
});
