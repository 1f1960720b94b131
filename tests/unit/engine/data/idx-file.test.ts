import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeIdx, readIdxFile } from '@main/engine/data/idx-file';
import { idxBytes, problemOf, temporaryFolder } from './idx-fixture';

const noise = Array.from({ length: 20 * 28 * 28 }, (_, at) => (at * at * 31 + at * 7) % 251);
const plain = idxBytes([20, 28, 28], noise);
const zipped = gzipSync(plain);

describe('decodeIdx', () => {
  it('reads plain and gzip alike, with the checksum of the content', async () => {
    const expected = createHash('sha256').update(plain).digest('hex');
    for (const bytes of [plain, zipped, gzipSync(plain, { level: 0 })]) {
      const file = await decodeIdx(bytes, 'images', 'f');
      expect(file.dims).toEqual([20, 28, 28]);
      expect(file.data).toEqual(Uint8Array.from(noise));
      expect(file.sha256).toBe(expected);
    }
  });

  it('refuses damaged gzip, naming the file', async () => {
    const flipped = Uint8Array.from(zipped);
    flipped[zipped.length - 6]! ^= 1;
    const damaged = [
      zipped.subarray(0, 2),
      zipped.subarray(0, 12),
      zipped.subarray(0, -1),
      flipped,
      Buffer.concat([zipped, Buffer.from('more')]),
      Buffer.concat([zipped, Buffer.alloc(5)]),
    ];
    for (const bytes of damaged) {
      const problem = await problemOf(() => decodeIdx(bytes, 'images', '/data/f.gz'));
      expect(problem.code).toBe('gzip-bad');
      expect(problem.message).toContain('/data/f.gz');
    }
  });

  it('finds what is wrong inside of gzip', async () => {
    const code = async (bytes: Uint8Array): Promise<string> =>
      (await problemOf(() => decodeIdx(gzipSync(bytes), 'images', 'f'))).code;
    expect(await code(plain.subarray(0, 9))).toBe('idx-truncated');
    expect(await code(plain.subarray(0, 5000))).toBe('idx-truncated');
    expect(await code(new Uint8Array(0))).toBe('idx-truncated');
    expect(await code(Uint8Array.from([...plain, 1]))).toBe('idx-too-long');
    expect(await code(idxBytes([1, 1, 1], [0], 0x0c))).toBe('idx-type');
  });

  it('stops unfolding a small file that would become a huge one', async () => {
    const bomb = gzipSync(Buffer.concat([idxBytes([1, 2, 2], [1, 2, 3, 4]), Buffer.alloc(400 * 2 ** 20)]), {
      level: 1,
    });
    const before = process.memoryUsage.rss();
    const problem = await problemOf(() => decodeIdx(bomb, 'images', 'bomb.gz'));
    expect(problem.code).toBe('idx-too-long');
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 2 ** 20);
  });
});

describe('readIdxFile', () => {
  it('reads a file, whatever its name says about gzip', async () => {
    const path = join(await temporaryFolder(), 'images');
    await writeFile(path, zipped);
    expect((await readIdxFile(path, 'images')).dims).toEqual([20, 28, 28]);
  });

  it('names a file that is not there, and a folder in its place', async () => {
    const dir = await temporaryFolder();
    const missing = join(dir, 'nothing');
    expect(await problemOf(() => readIdxFile(missing, 'images'))).toMatchObject({
      code: 'file-missing',
      path: missing,
    });
    const folder = join(dir, 'folder');
    await mkdir(folder);
    expect(await problemOf(() => readIdxFile(folder, 'images'))).toMatchObject({
      code: 'file-unreadable',
      path: folder,
    });
  });
});
