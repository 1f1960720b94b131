import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IdxContent } from '@main/engine/data/idx';
import { decodeIdx, type IdxFile } from '@main/engine/data/idx-file';
import { StudioError } from '@shared/problem';

const RUNS = { numRuns: 300 };

function header(words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * words.length);
  words.forEach((word, at) => {
    new DataView(bytes.buffer).setUint32(4 * at, word);
  });
  return bytes;
}

function images(count: number, side: number): Uint8Array {
  const data = Uint8Array.from({ length: count * side * side }, (_, at) => (at * 37) % 256);
  return Buffer.concat([header([0x0803, count, side, side]), data]);
}

/** The file, or the problem it has; anything but a StudioError fails the test. */
async function outcome(bytes: Uint8Array, content: IdxContent): Promise<IdxFile | string> {
  try {
    const file = await decodeIdx(bytes, content, 'hostile');
    expect(file.data.length).toBe(file.dims.reduce((product, dim) => product * dim, 1));
    return file;
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    expect(error.problem.code).toMatch(/^(idx|gzip)-/);
    expect(error.problem.message).toContain('hostile');
    expect(error.problem.fix).toBeTruthy();
    return error.problem.code;
  }
}

const contents = fc.constantFrom<IdxContent>('images', 'labels');
const sound = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 }))
  .map(([n, side]) => images(n, side));

describe('hostile IDX files', () => {
  it('any bytes: a file or a named problem', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), contents, async (bytes, content) => {
        await outcome(bytes, content);
        await outcome(gzipSync(bytes), content);
        await outcome(Buffer.concat([Uint8Array.from([0x1f, 0x8b, 8, 0]), bytes]), content);
      }),
      RUNS,
    );
  });

  it('any header: what it claims is not allocated', async () => {
    const word = fc.oneof(fc.nat({ max: 40 }), fc.integer({ min: 0, max: 0xffff_ffff }));
    const peak = process.memoryUsage.rss();
    await fc.assert(
      fc.asyncProperty(
        word,
        word,
        word,
        fc.uint8Array({ maxLength: 64 }),
        async (count, height, width, rest) => {
          const bytes = Buffer.concat([header([0x0803, count, height, width]), rest]);
          const fits = count * height * width === rest.length && rest.length > 0;
          for (const variant of [bytes, gzipSync(bytes)]) {
            expect(typeof (await outcome(variant, 'images')) === 'object').toBe(fits);
          }
        },
      ),
      RUNS,
    );
    expect(process.memoryUsage.rss() - peak).toBeLessThan(256 * 2 ** 20);
  });

  it('cut off anywhere: truncated, or bad gzip', async () => {
    await fc.assert(
      fc.asyncProperty(
        sound,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        async (bytes, share) => {
          expect(await outcome(bytes.subarray(0, Math.floor(share * bytes.length)), 'images')).toBe(
            'idx-truncated',
          );
          const zipped = gzipSync(bytes);
          const cut = zipped.subarray(0, Math.floor(share * zipped.length));
          expect(await outcome(cut, 'images')).toBe(cut.length < 2 ? 'idx-truncated' : 'gzip-bad');
        },
      ),
      RUNS,
    );
  });

  it('anything appended: too long, or bad gzip', async () => {
    await fc.assert(
      fc.asyncProperty(sound, fc.uint8Array({ minLength: 1, maxLength: 50 }), async (bytes, more) => {
        expect(await outcome(Buffer.concat([bytes, more]), 'images')).toBe('idx-too-long');
        expect(await outcome(Buffer.concat([gzipSync(bytes), more]), 'images')).toBe('gzip-bad');
      }),
      RUNS,
    );
  });

  it('one flipped bit: in the header refused or another shape, in gzip never other pixels', async () => {
    await fc.assert(
      fc.asyncProperty(sound, fc.nat(), fc.integer({ min: 0, max: 7 }), async (bytes, where, bit) => {
        const flip = (all: Uint8Array): Uint8Array => {
          const copy = Uint8Array.from(all);
          copy[where % all.length]! ^= 1 << bit;
          return copy;
        };
        const plain = await outcome(flip(bytes), 'images');
        expect(typeof plain === 'object').toBe(where % bytes.length >= 16);
        const zipped = await outcome(flip(gzipSync(bytes)), 'images');
        if (typeof zipped === 'object') expect(Buffer.compare(zipped.data, bytes.subarray(16))).toBe(0);
      }),
      RUNS,
    );
  });
});
