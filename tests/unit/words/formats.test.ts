import { describe, expect, it } from 'vitest';
import { exactBytes, formatBytes, formatMemory, formatRatio } from '@shared/words/format-bytes';
import { counted, exactCount, formatCount } from '@shared/words/format-count';
import { formatDuration } from '@shared/words/format-duration';
import { formatPercent } from '@shared/words/format-percent';

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [9996, '10.0 kB'],
    [76_298, '76.3 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [10_613_456, '10.6 MB'],
    [999_499_999, '999 MB'],
    [999_500_000, '1.00 GB'],
  ])('%i is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('says every byte where that is wanted, and memory in binary units', () => {
    expect(exactBytes(76_298)).toBe('76,298 B');
    expect(formatMemory(612 * 2 ** 20)).toBe('612 MiB');
    expect(formatMemory(1.7 * 2 ** 30)).toBe('1.7 GiB');
  });

  it.each([
    [31.745, '31.7×'],
    [1.2, '1.2×'],
    [126.98, '127×'],
  ])('ratio %d is %s', (ratio, text) => {
    expect(formatRatio(ratio)).toBe(text);
  });
});

describe('counts', () => {
  it.each([
    [840, '840'],
    [10_240, '10.2 k'],
    [156_123, '156 k'],
    [999_499, '999 k'],
    [999_500, '1.0 M'],
    [26_900_000, '26.9 M'],
    [1_300_000_000, '1.3 G'],
  ])('%i is %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it('agrees with its noun', () => {
    expect(counted(1, 'hint')).toBe('1 hint');
    expect(counted(12_000, 'layer')).toBe('12,000 layers');
    expect(counted(2, 'class', 'classes')).toBe('2 classes');
    expect(exactCount(605_520)).toBe('605,520');
  });
});

describe('durations', () => {
  it.each([
    [0.42, '0.4 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min 00 s'],
    [64, '1 min 04 s'],
    [3599.6, '1 h 00 min'],
    [7500, '2 h 05 min'],
    [86_399, '1 d 0 h'],
    [273_600, '3 d 4 h'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

it('writes a share as percent', () => {
  expect(formatPercent(0.9897)).toBe('98.97 %');
  expect(formatPercent(1, 0)).toBe('100 %');
});
