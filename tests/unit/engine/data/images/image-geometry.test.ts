import { describe, expect, it } from 'vitest';
import {
  centerCrop,
  trainingCrop,
  type Geometry,
  type ImageSize,
} from '@main/engine/data/images/image-geometry';

const target = { width: 224, height: 224 };

/** The part of the image that a geometry shows, in pixels of the image. */
function box(image: ImageSize, size: ImageSize, { resized, left, top }: Geometry) {
  const [x, y] = [image.width / resized.width, image.height / resized.height];
  return { left: left * x, top: top * y, width: size.width * x, height: size.height * y };
}

describe('centerCrop', () => {
  it('makes the shorter side 256 for an input of 224 and takes the middle', () => {
    expect(centerCrop({ width: 500, height: 375 }, target)).toEqual({
      resized: { width: 341, height: 256 },
      left: 58,
      top: 16,
    });
    expect(centerCrop({ width: 100, height: 400 }, target)).toEqual({
      resized: { width: 256, height: 1024 },
      left: 16,
      top: 400,
    });
  });

  it('never asks for more than there is, however thin the image', () => {
    for (const image of [
      { width: 1, height: 1 },
      { width: 3000, height: 1 },
    ]) {
      const { resized, left, top } = centerCrop(image, { width: 5, height: 3 });
      expect(left + 5).toBeLessThanOrEqual(resized.width);
      expect(top + 3).toBeLessThanOrEqual(resized.height);
    }
  });
});

describe('trainingCrop', () => {
  const image = { width: 500, height: 375 };

  it.each(['random', 'random-resized'] as const)('%s is a function of seed, epoch and image', (kind) => {
    const crop = (seed: number, epoch: number, record: number) =>
      trainingCrop(kind, image, target, seed, epoch, record);
    expect(crop(1, 2, 3)).toEqual(crop(1, 2, 3));
    expect(
      new Set([crop(1, 2, 3), crop(2, 2, 3), crop(1, 3, 3), crop(1, 2, 4)].map((one) => JSON.stringify(one)))
        .size,
    ).toBe(4);
  });

  it('random takes every place alike', () => {
    const lefts = Array.from(
      { length: 4000 },
      (_, record) => trainingCrop('random', image, target, 1, 0, record).left,
    );
    expect([Math.min(...lefts), Math.max(...lefts)]).toEqual([0, 117]);
    const mean = lefts.reduce((sum, left) => sum + left, 0) / lefts.length;
    expect(Math.abs(mean - 58.5)).toBeLessThan((5 * 118) / Math.sqrt(12 * lefts.length));
  });

  it('random-resized takes 8 to 100 % of the area at ratios from 3/4 to 4/3, all shares alike', () => {
    const whole = { width: 4000, height: 4000 };
    const boxes = Array.from({ length: 4000 }, (_, record) =>
      box(whole, target, trainingCrop('random-resized', whole, target, 9, 0, record)),
    );
    const ratios = boxes.map(({ width, height }) => Math.log(width / height));
    expect(Math.min(...ratios)).toBeGreaterThan(Math.log(3 / 4) - 0.01);
    expect(Math.max(...ratios)).toBeLessThan(Math.log(4 / 3) + 0.01);
    const shares = boxes.map(({ width, height }) => (width * height) / 4000 ** 2);
    expect(Math.min(...shares)).toBeGreaterThan(0.079);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1.001);
    // Boxes past the border are drawn again, which favours small ones a little: uniform up to half the area.
    const [low, middle] = [0.08, 0.29, 0.5].map(
      (bound) => shares.filter((share) => share < bound).length,
    ) as [number, number];
    const high = shares.filter((share) => share < 0.5).length;
    expect(low).toBe(0);
    expect(Math.abs(middle - high / 2)).toBeLessThan(5 * Math.sqrt(high / 4));
    for (const { left, top, width, height } of boxes) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(4000.5);
      expect(top + height).toBeLessThanOrEqual(4000.5);
    }
  });

  it('random-resized takes the largest allowed middle of an image that no box fits', () => {
    const thin = { width: 1000, height: 10 };
    const found = box(thin, target, trainingCrop('random-resized', thin, target, 1, 0, 0));
    expect(found.height).toBeCloseTo(10, 5);
    expect(found.width).toBeCloseTo(13, 0);
    expect(found.left + found.width / 2).toBeCloseTo(500, -1);
  });

  it('center is the crop of tests', () => {
    expect(trainingCrop('center', image, target, 1, 5, 7)).toEqual(centerCrop(image, target));
  });
});
