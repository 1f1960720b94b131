import { describe, expect, it } from 'vitest';
import { multiplyHigh, philox } from '@shared/random/philox';

/** philox4x32 10 of tests/kat_vectors in https://github.com/DEShawResearch/random123 (counter, key, output). */
const KNOWN_ANSWERS = [
  ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
  ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
  ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
] as const;

function words(text: string): number[] {
  return text.split(' ').map((word) => Number.parseInt(word, 16));
}

describe('philox', () => {
  it.each(KNOWN_ANSWERS)('turns counter %s under key %s into %s', (counter, key, output) => {
    const [c0, c1, c2, c3] = words(counter) as [number, number, number, number];
    const [k0, k1] = words(key) as [number, number];
    const out = new Uint32Array(4);
    philox(c0, c1, c2, c3, k0, k1, out);
    expect([...out]).toEqual(words(output));
  });
});

describe('multiplyHigh', () => {
  it('is the upper half of the 64-bit product', () => {
    const values = [0, 1, 2, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xd2511f53, 0xcd9e8d57, 0xffffffff];
    for (const a of values) {
      for (const b of values) {
        expect(multiplyHigh(a, b)).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
      }
    }
  });
});
