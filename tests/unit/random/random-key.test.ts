import { describe, expect, it } from 'vitest';
import { PURPOSES, randomKey, type RandomKey } from '@shared/random/random-key';

function text(key: RandomKey): string {
  return [key.key0, key.key1, key.stream0, key.stream1].join(' ');
}

describe('randomKey', () => {
  it('gives the same stream for the same words', () => {
    expect(randomKey(7, 'init', 'conv1', 3)).toEqual(randomKey(7, 'init', 'conv1', 3));
  });

  it('tells apart all that could be confused', () => {
    const keys = [
      ...PURPOSES.map((purpose) => randomKey(7, purpose)),
      randomKey(8, 'init'),
      randomKey(-7, 'init'),
      randomKey(7 + 2 ** 32, 'init'),
      randomKey(0.5, 'init'),
      randomKey(7, 'init', ''),
      randomKey(7, 'init', '', ''),
      randomKey(7, 'init', 'ab', 'c'),
      randomKey(7, 'init', 'a', 'bc'),
      randomKey(7, 'init', 'abc'),
      randomKey(7, 'init', 1),
      randomKey(7, 'init', '1'),
      randomKey(7, 'init', 1, 2),
      randomKey(7, 'init', 2, 1),
      randomKey(7, 'init', 0),
      randomKey(7, 'init', 0, 0),
    ];
    expect(new Set(keys.map(text)).size).toBe(keys.length);
  });

  it('has no equal keys among many epochs and seeds', () => {
    const keys = new Set<string>();
    for (let seed = 0; seed < 100; seed++) {
      for (let epoch = 0; epoch < 100; epoch++) keys.add(text(randomKey(seed, 'shuffle', epoch)));
    }
    expect(keys.size).toBe(10_000);
  });

  it('is the same for 0 and -0, and refuses what is no number', () => {
    expect(randomKey(0, 'split', -0)).toEqual(randomKey(-0, 'split', 0));
    expect(() => randomKey(Number.NaN, 'init')).toThrow(RangeError);
    expect(() => randomKey(1, 'init', Infinity)).toThrow('finite');
  });

  it('never changes: runs are repeated from their seeds', () => {
    expect(text(randomKey(7, 'init', 'conv1'))).toBe('185722167 940971795 1767043722 2061874641');
  });
});
