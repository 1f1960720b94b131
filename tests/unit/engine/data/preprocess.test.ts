import { describe, expect, it } from 'vitest';
import { fillBatch, inputSpec, type InputSpec, type InputValues } from '@main/engine/data/preprocess';
import type { Split } from '@main/engine/data/split';
import { inputChannels } from '@shared/datasets/input-channels';

const gray: Split = {
  count: 2,
  height: 2,
  width: 3,
  channels: 1,
  images: Uint8Array.from([0, 51, 102, 153, 204, 255, 255, 0, 255, 0, 255, 0]),
  labels: Uint8Array.from([0, 1]),
};
const rgb: Split = {
  count: 2,
  height: 1,
  width: 2,
  channels: 3,
  images: Uint8Array.from([255, 0, 51, 102, 204, 153, 10, 20, 30, 40, 50, 60]),
  labels: Uint8Array.from([0, 1]),
};
const grayStatistics = { mean: [0.5], std: [0.25] };
const rgbStatistics = { mean: [0.5, 0.4, 0.3], std: [0.25, 0.2, 0.1] };

function spec(split: Split, values: Partial<InputValues>): InputSpec {
  const { height, width } = split;
  const color = split.channels === 1 ? ('gray' as const) : ('rgb' as const);
  return inputSpec(
    { height, width, color, planes: 4, extra: 'gray', ...values },
    split.channels === 1 ? grayStatistics : rgbStatistics,
  );
}

function batch(split: Split, indices: readonly number[], input: InputSpec): Float32Array {
  const target = new Float32Array(indices.length * input.height * input.width * input.channels).fill(
    Number.NaN,
  );
  fillBatch(split, indices, target, input);
  return target;
}

/** Normalised value of an RGB pixel's channel. */
function n(raw: number, channel: number): number {
  return (raw / 255 - rgbStatistics.mean[channel]!) / rgbStatistics.std[channel]!;
}

function expectClose(found: Float32Array, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, at) => {
    expect(found[at]).toBeCloseTo(value, 5);
  });
}

describe('inputChannels', () => {
  it('follows the paper for every K', () => {
    const all = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(all.map((planes) => inputChannels('gray', planes))).toEqual(all);
    expect(all.map((planes) => inputChannels('rgb', planes))).toEqual([3, 4, 3, 4, 5, 6, 7, 8]);
  });
});

describe('fillBatch, gray', () => {
  it('normalises and copies to K channels, in the order of the indices', () => {
    const values = (raw: readonly number[]): number[] =>
      raw.flatMap((value) => new Array<number>(3).fill((value / 255 - 0.5) / 0.25));
    expectClose(batch(gray, [1, 0, 1], spec(gray, { planes: 3 })), [
      ...values([255, 0, 255, 0, 255, 0]),
      ...values([0, 51, 102, 153, 204, 255]),
      ...values([255, 0, 255, 0, 255, 0]),
    ]);
  });

  it('pads with raw zeros, centred, an odd rest below and right', () => {
    const found = batch(gray, [0], spec(gray, { planes: 1, height: 5, width: 6 }));
    const raw = Array.from(found, (value) => Math.round((value * 0.25 + 0.5) * 255));
    expect(raw).toEqual([
      ...[0, 0, 0, 0, 0, 0],
      ...[0, 0, 51, 102, 0, 0],
      ...[0, 153, 204, 255, 0, 0],
      ...[0, 0, 0, 0, 0, 0],
      ...[0, 0, 0, 0, 0, 0],
    ]);
    expect(found[0]).toBe(-2);
  });
});

describe('fillBatch, RGB', () => {
  it.each([
    ['r', 0],
    ['g', 1],
    ['b', 2],
  ] as const)('adds %s as the fourth channel', (extra, channel) => {
    const pixels = [
      [255, 0, 51],
      [102, 204, 153],
    ] as const;
    const expected = pixels.flatMap((p) => [n(p[0], 0), n(p[1], 1), n(p[2], 2), n(p[channel], channel)]);
    expectClose(batch(rgb, [0], spec(rgb, { extra })), expected);
  });

  it('adds gray as the fourth channel', () => {
    const found = batch(rgb, [0], spec(rgb, { extra: 'gray', height: 3 }));
    const mean = 0.299 * 0.5 + 0.587 * 0.4 + 0.114 * 0.3;
    const std = 0.299 * 0.25 + 0.587 * 0.2 + 0.114 * 0.1;
    expect(found[8 + 3]).toBeCloseTo((0.299 + (0.114 * 51) / 255 - mean) / std, 5);
    expect(found[3]).toBeCloseTo(-mean / std, 5);
  });

  it.each([
    [1, [0, 1, 2]],
    [2, [0, 1, 2, 0]],
    [3, [0, 1, 2]],
    [5, [0, 1, 2, 0, 1]],
    [8, [0, 1, 2, 0, 1, 2, 0, 1]],
  ])('repeats the channels cyclically for K = %i', (planes, channels) => {
    const expected = [
      ...channels.map((channel) => n([10, 20, 30][channel]!, channel)),
      ...channels.map((channel) => n([40, 50, 60][channel]!, channel)),
    ];
    expectClose(batch(rgb, [1], spec(rgb, { planes })), expected);
  });
});

describe('fillBatch, misuse', () => {
  it('refuses shapes that disagree and records that are not there', () => {
    const input = spec(gray, {});
    expect(() => {
      fillBatch(gray, [0], new Float32Array(23), input);
    }).toThrow('24 numbers');
    expect(() => {
      fillBatch(gray, [2], new Float32Array(24), input);
    }).toThrow('no record 2');
    expect(() => {
      fillBatch(gray, [Number.NaN], new Float32Array(24), input);
    }).toThrow(RangeError);
    expect(() => {
      fillBatch(rgb, [0], new Float32Array(24), input);
    }).toThrow('3 channels');
    expect(() => {
      fillBatch(gray, [0], new Float32Array(8), spec(gray, { width: 1 }));
    }).toThrow('2x1');
    expect(() => {
      fillBatch(gray, [0], new Float32Array(18), { ...input, channels: 3 });
    }).toThrow('3 channels');
  });
});
