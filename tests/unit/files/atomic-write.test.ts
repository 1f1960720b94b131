import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { atomicWrite, type FileContent } from '@main/files/atomic-write';
import { StudioError, type Problem } from '@shared/problem';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-write-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function problemOf(path: string, content: FileContent = 'new'): Promise<Problem> {
  const error: unknown = await atomicWrite(path, content).then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof StudioError)) throw new Error('no StudioError', { cause: error });
  return error.problem;
}

describe('atomicWrite', () => {
  it('writes text, bytes and pieces, and leaves nothing else behind', async () => {
    await atomicWrite(join(folder, 'text'), 'größe\n');
    await atomicWrite(join(folder, 'bytes'), Uint8Array.of(0, 255, 7).subarray(1));
    await atomicWrite(join(folder, 'pieces'), [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)]);
    const late = async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Uint8Array.of(4));
      yield Uint8Array.of(5);
    };
    await atomicWrite(join(folder, 'late'), late());
    expect(await readFile(join(folder, 'text'), 'utf8')).toBe('größe\n');
    expect([...(await readFile(join(folder, 'bytes')))]).toEqual([255, 7]);
    expect([...(await readFile(join(folder, 'pieces')))]).toEqual([1, 2, 3]);
    expect([...(await readFile(join(folder, 'late')))]).toEqual([4, 5]);
    expect((await readdir(folder)).sort()).toEqual(['bytes', 'late', 'pieces', 'text']);
  });

  it('replaces a longer file as a whole', async () => {
    const path = join(folder, 'file');
    await writeFile(path, 'a much longer old content');
    await atomicWrite(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  it('keeps the old content when the new one breaks off, and passes its error on', async () => {
    const path = join(folder, 'file');
    await writeFile(path, 'old');
    const broken = function* (): Generator<Uint8Array> {
      yield Uint8Array.of(1);
      throw new RangeError('no more');
    };
    await expect(atomicWrite(path, broken())).rejects.toBeInstanceOf(RangeError);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('names a missing folder, a file as folder, and a folder as file', async () => {
    const missing = join(folder, 'nowhere', 'file');
    expect(await problemOf(missing)).toMatchObject({ code: 'file-folder-missing', path: missing });
    await writeFile(join(folder, 'plain'), '');
    expect((await problemOf(join(folder, 'plain', 'file'))).code).toBe('file-folder-missing');
    await mkdir(join(folder, 'taken'));
    const problem = await problemOf(join(folder, 'taken'));
    expect(problem.code).toBe('file-is-folder');
    expect(problem.message).toContain(join(folder, 'taken'));
    expect(problem.fix).toBeTruthy();
    expect((await readdir(folder)).sort()).toEqual(['plain', 'taken']);
  });

  it('names a file name that is too long', async () => {
    expect((await problemOf(join(folder, 'x'.repeat(300)))).code).toBe('file-name-too-long');
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('names a locked folder', async () => {
    await chmod(folder, 0o500);
    // Root may write anywhere, so the attempt is made as nobody.
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid!(65_534);
    try {
      expect((await problemOf(join(folder, 'file'))).code).toBe('file-not-writable');
    } finally {
      if (root) process.seteuid!(0);
      await chmod(folder, 0o700);
    }
    expect(await readdir(folder)).toEqual([]);
  });
});
