import { describe, expect, it } from 'vitest';
import { packBits, packedBytes, paddingIsZero, unpackBits } from '@shared/packed/bits';

describe('packed bits', () => {
  it('puts the first value into the lowest bit', () => {
    expect([...packBits(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 1), 1)]).toEqual([0b00000001, 0b00000010]);
    expect([...packBits(Uint8Array.of(1, 2, 3, 0, 3), 2)]).toEqual([0b00111001, 0b00000011]);
  });

  it('lets a value of three bits cross the border of two bytes', () => {
    expect([...packBits(Uint8Array.of(7, 0, 0b101), 3)]).toEqual([0b01000111, 0b00000001]);
  });

  it.each([1, 2, 3, 4, 5, 8])('gives back every value of %i bits, whatever their number', (width) => {
    for (let count = 1; count <= 33; count++) {
      const values = Uint8Array.from({ length: count }, (_, index) => (index * 37 + 11) % 2 ** width);
      const bytes = packBits(values, width);
      expect(bytes.length).toBe(packedBytes(count, width));
      expect(unpackBits(bytes, count, width)).toEqual(values);
      expect(paddingIsZero(bytes, count, width)).toBe(true);
    }
  });

  it('sees a bit behind the last value', () => {
    expect(paddingIsZero(Uint8Array.of(0b0100_0000), 3, 2)).toBe(false);
    expect(paddingIsZero(Uint8Array.of(0b0010_0000), 3, 2)).toBe(true);
    expect(paddingIsZero(Uint8Array.of(0xff), 4, 2)).toBe(true);
  });
});
