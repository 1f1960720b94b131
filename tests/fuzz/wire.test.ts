import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame } from '@shared/contract/wire';
import { StudioError } from '@shared/problem';

const arrays = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.uint32Array({ maxLength: 40 }),
  fc.float32Array({ maxLength: 40 }),
  fc.float64Array({ maxLength: 40 }),
);

const message = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    arrays,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '$array' && key !== '__proto__'),
      tie('value'),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  ),
})).value;

describe('frames', () => {
  it('carry any message of JSON values and typed arrays', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(decodeFrame(encodeFrame(value))).toEqual(value);
      }),
      { numRuns: 2000 },
    );
  });

  it('are read alike from a Buffer that lies somewhere in a pool', () => {
    const frame = encodeFrame({ values: Float64Array.of(1, NaN, -0) });
    const pool = Buffer.concat([Buffer.from([7, 7, 7]), frame]);
    expect(decodeFrame(pool.subarray(3))).toEqual({ values: Float64Array.of(1, NaN, -0) });
  });

  it('are read or refused with frame-broken, whatever the bytes', () => {
    const frame = encodeFrame({
      id: 1,
      method: 'x',
      values: Float32Array.of(1, 2, 3),
      bytes: Uint8Array.of(9),
    });
    const damage = fc.array(fc.tuple(fc.nat(frame.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(damage, fc.nat(frame.length), (changes, length) => {
        const damaged = frame.slice();
        for (const [at, byte] of changes) damaged[at] = byte;
        try {
          decodeFrame(damaged.subarray(0, length));
        } catch (error) {
          expect(error).toBeInstanceOf(StudioError);
          expect((error as StudioError).problem.code).toBe('frame-broken');
        }
      }),
      { numRuns: 5000 },
    );
  });
});
