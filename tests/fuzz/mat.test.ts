import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matArrays } from '@main/engine/data/mat-file';
import { readSvhnFile, type SvhnPart } from '@main/engine/data/svhn-file';
import { compressed, matFile, matHeader, matrix, svhnVariables } from '../unit/engine/data/mat-fixture';
import { changed, changes, hostileFile, outcome, share, SMALL_MEMORY } from './hostile';

const RUNS = { numRuns: 300 };
const MAT = /^mat-(no|version|truncated|bad|compressed|class|too-long)$/;
const SVHN =
  /^(mat-(no|version|truncated|bad|compressed|class|too-long)|svhn-(variable|shape|label|pixel)|dataset-counts)$/;

const [x, y] = svhnVariables(2);
const [xBytes, yBytes] = [matrix(x), matrix(y)];
const plain = matFile([xBytes, yBytes]);
const packed = matFile([compressed(xBytes), compressed(yBytes)]);

/** Reads every number of every variable; together they cannot be more than the file can hold. */
async function readAll(bytes: Uint8Array): Promise<number | string> {
  return outcome(async () => {
    let count = 0;
    for await (const array of matArrays(hostileFile(bytes))) {
      let own = 0;
      for await (const values of array.values()) own += values.length;
      expect(own).toBe(array.count);
      count += own;
    }
    expect(count).toBeLessThanOrEqual(bytes.length * 1032);
    return count;
  }, MAT);
}

async function readSvhn(bytes: Uint8Array): Promise<SvhnPart | string> {
  const part = await outcome(() => readSvhnFile(hostileFile(bytes)), SVHN);
  if (typeof part === 'object') {
    expect(part.images.length).toBe(part.count * 3072);
    expect(part.labels.every((label) => label < 10)).toBe(true);
  }
  return part;
}

describe('hostile .mat files', () => {
  it('the sound ones are read', async () => {
    expect(await readAll(plain)).toBe(2 * 3073);
    expect(await readSvhn(packed)).toMatchObject({ count: 2 });
  });

  it('any bytes, by themselves, behind a sound header and inside of zlib', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, little) => {
        for (const file of [
          bytes,
          matFile([bytes], little),
          matFile([compressed(bytes, little)], little),
          Buffer.concat([bytes, matHeader(little), bytes]),
        ]) {
          await readAll(file);
          expect(typeof (await readSvhn(file))).toBe('string');
        }
      }),
      RUNS,
    );
  });

  it('any numbers for tags, flags, dimensions and names', async () => {
    const word = fc.oneof(
      fc.nat({ max: 20 }),
      fc.nat({ max: 0xffff_ffff }),
      fc.constantFrom(0x4000_0000, 0x0001_000e),
    );
    const before = process.memoryUsage.rss();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: 13 }), word), { minLength: 1, maxLength: 3 }),
        async (edits) => {
          const copy = Buffer.from(xBytes);
          for (const [at, value] of edits) copy.writeUInt32LE(value, 4 * at);
          for (const file of [matFile([copy, yBytes]), matFile([compressed(copy), compressed(yBytes)])]) {
            await readAll(file);
            await readSvhn(file);
          }
        },
      ),
      RUNS,
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(SMALL_MEMORY);
  });

  it('changed anywhere: in compressed bytes never other images', async () => {
    const genuine = (await readSvhn(packed)) as SvhnPart;
    await fc.assert(
      fc.asyncProperty(changes, async (edits) => {
        await readSvhn(changed(plain, edits));
        await readSvhn(changed(plain, edits, 200));
        await readAll(changed(plain, edits, 200));
        const part = await readSvhn(changed(packed, edits));
        if (typeof part === 'object') expect(Buffer.compare(part.images, genuine.images)).toBe(0);
      }),
      RUNS,
    );
  });

  it('cut off anywhere: refused', async () => {
    await fc.assert(
      fc.asyncProperty(share, async (where) => {
        for (const file of [plain, packed]) {
          expect(typeof (await readSvhn(file.subarray(0, Math.floor(where * file.length))))).toBe('string');
        }
      }),
      RUNS,
    );
  });

  it('a bomb does not grow', async () => {
    const zeros = matrix({ name: 'zeros', dims: [1, 2 ** 28], data: new Uint8Array(2 ** 28) });
    const bomb = matFile([compressed(zeros), compressed(xBytes), compressed(yBytes)]);
    const before = process.memoryUsage.rss();
    expect(await readAll(bomb)).toBe(2 ** 28 + 2 * 3073);
    expect(await readSvhn(bomb)).toMatchObject({ count: 2 });
    expect(process.memoryUsage.rss() - before).toBeLessThan(SMALL_MEMORY);
  });
});
