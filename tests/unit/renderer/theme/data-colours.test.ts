import { describe, expect, it } from 'vitest';
import { AA_TEXT, contrast, readableOn } from '@renderer/theme/contrast';
import {
  centerColour,
  cssColour,
  legendGradient,
  legendValues,
  sequentialColour,
} from '@renderer/theme/data-colours';

const STEPS = Array.from({ length: 101 }, (_, index) => index / 100);

describe('sequentialColour', () => {
  it('rises in lightness over its whole length, so that more always looks brighter', () => {
    const lightness = STEPS.map((value) => contrast(sequentialColour(value, 0, 1), [0, 0, 0]));
    for (let index = 1; index < lightness.length; index++) {
      expect(lightness[index]!).toBeGreaterThan(lightness[index - 1]!);
    }
  });

  it('takes the ends outside its scale and the middle of an empty one', () => {
    expect(sequentialColour(-3, 0, 2)).toEqual(sequentialColour(0, 0, 2));
    expect(sequentialColour(9, 0, 2)).toEqual([253, 231, 37]);
    expect(sequentialColour(5, 5, 5)).toEqual(sequentialColour(1, 0, 2));
  });
});

describe('centerColour', () => {
  it('is blue for the lowest center and orange for the highest', () => {
    const [lowRed, , lowBlue] = centerColour(0, 2);
    const [highRed, , highBlue] = centerColour(1, 2);
    expect(lowBlue).toBeGreaterThan(lowRed);
    expect(highRed).toBeGreaterThan(highBlue);
  });

  it('gives every center a colour of its own', () => {
    const colours = Array.from({ length: 16 }, (_, index) => cssColour(centerColour(index, 16)));
    expect(new Set(colours).size).toBe(16);
  });
});

it('finds a colour for values that reads on every cell', () => {
  for (const value of STEPS) {
    const cell = sequentialColour(value, 0, 1);
    expect(contrast(readableOn(cell), cell)).toBeGreaterThanOrEqual(AA_TEXT);
  }
});

it('divides a legend evenly and paints it from low to high', () => {
  expect(legendValues(0, 1.5, 4)).toEqual([0, 0.5, 1, 1.5]);
  expect(legendGradient()).toMatch(/^linear-gradient\(to right, rgb\(68 1 84\), .*rgb\(253 231 37\)\)$/);
});
