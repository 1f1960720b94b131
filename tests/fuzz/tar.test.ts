import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tarFiles } from '@main/engine/data/tar';
import { tarOf } from '../unit/engine/data/tar-fixture';
import { changed, changes, hostileFile, outcome, share } from './hostile';

const RUNS = { numRuns: 300 };
const CODES = /^(tar-bad|dataset-file-size)$/;

/** The names and contents in an archive, of which every other one is left unread. */
async function list(bytes: Uint8Array, piece: number): Promise<[string, number][]> {
  const found: [string, number][] = [];
  for await (const file of tarFiles(hostileFile(bytes, piece).chunks, 'hostile')) {
    let length = 0;
    if (found.length % 2 === 0) for await (const chunk of file.chunks) length += chunk.length;
    found.push([file.name, length]);
  }
  return found;
}

async function check(bytes: Uint8Array, piece = 700): Promise<[string, number][] | string> {
  const found = await outcome(() => list(bytes, piece), CODES);
  if (typeof found === 'object') {
    const total = found.reduce((sum, [, length]) => sum + length, 0);
    expect(total).toBeLessThanOrEqual(bytes.length);
    expect(found.length).toBeLessThanOrEqual(bytes.length / 512);
  }
  return found;
}

/** Writes the checksum that a changed header needs to be believed. */
function believed(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  copy.fill(0x20, 148, 156);
  const sum = copy.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  copy.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return copy;
}

const sound = fc.array(fc.uint8Array({ maxLength: 1500 }), { maxLength: 4 }).map((files) =>
  tarOf(
    'folder',
    files.map((bytes, at): [string, Uint8Array] => [`file-${at}`, bytes]),
  ),
);

describe('hostile tar archives', () => {
  it('any bytes: files or a named problem', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 3000 }),
        fc.integer({ min: 1, max: 600 }),
        async (bytes, piece) => {
          await check(bytes, piece);
          if (bytes.length >= 512) await check(believed(bytes), piece);
        },
      ),
      RUNS,
    );
  });

  it('changed anywhere: files or a named problem', async () => {
    await fc.assert(
      fc.asyncProperty(sound, changes, async (bytes, edits) => {
        await check(changed(bytes, edits));
        await check(believed(changed(bytes, edits, 512)));
      }),
      RUNS,
    );
  });

  it('any length in a header that is believed: nothing is read that is not there', async () => {
    await fc.assert(
      fc.asyncProperty(sound, fc.nat({ max: 8 ** 11 - 1 }), async (bytes, length) => {
        const copy = Buffer.from(bytes);
        copy.write(length.toString(8).padStart(11, '0'), 124, 'latin1');
        await check(believed(copy));
      }),
      RUNS,
    );
  });

  it('cut off anywhere inside of a file: never a shorter file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 1500 }), share, async (content, where) => {
        const bytes = tarOf('folder', [['file', content]]);
        const cut = bytes.subarray(0, 1024 + Math.floor(where * content.length));
        expect(await check(cut)).toBe('tar-bad');
      }),
      RUNS,
    );
  });
});
