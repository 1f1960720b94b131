import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { downloadFile, partPath, type DownloadOptions } from '@main/services/download/download-file';
import type { DownloadFile } from '@shared/datasets/downloads';
import { problemOf, temporaryFolder } from '../../engine/data/idx-fixture';
import { serve } from './local-server';

const BYTES = randomBytes(300_000);

function fileAt(url: string, bytes: Uint8Array = BYTES): DownloadFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name: 'file', url, bytes: bytes.length, sha256 };
}

function options(more: Partial<DownloadOptions> = {}): DownloadOptions {
  return {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    retries: 2,
    retrySeconds: 0.01,
    idleSeconds: 5,
    ...more,
  };
}

/** Where the file is to go, in a folder of its own. */
async function target(): Promise<{ dir: string; path: string }> {
  const dir = await temporaryFolder();
  return { dir, path: join(dir, 'file') };
}

function expectWhole(path: string, dir: string): void {
  expect(Buffer.compare(readFileSync(path), BYTES)).toBe(0);
  expect(readdirSync(dir)).toEqual(['file']);
}

describe('a download', () => {
  it('tells how far it is and leaves the file only', async () => {
    const server = await serve(BYTES);
    const { dir, path } = await target();
    const told: number[] = [];
    await downloadFile(fileAt(server.url), path, options({ onProgress: (done) => told.push(done) }));
    expectWhole(path, dir);
    expect(told.at(0)).toBe(0);
    expect(told.at(-1)).toBe(BYTES.length);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it.each([
    ['half-way', { dropAfter: 100_000 }],
    ['half-way, of unknown length', { dropAfter: 100_000, withoutLength: true }],
  ])('that is cut %s goes on where it was cut', async (_name, cut) => {
    const server = await serve(BYTES, cut, cut, {});
    const { dir, path } = await target();
    await downloadFile(fileAt(server.url), path, options());
    expectWhole(path, dir);
    expect(server.asked[0]).toBe(0);
    expect(server.asked[1]).toBeGreaterThan(0);
    expect(server.asked[2]).toBeGreaterThan(server.asked[1]!);
  });

  it('that is cut begins anew where the server gives no parts', async () => {
    const server = await serve(BYTES, { dropAfter: 150_000 }, { withoutRange: true });
    const { dir, path } = await target();
    await downloadFile(fileAt(server.url), path, options());
    expectWhole(path, dir);
    expect(server.asked).toHaveLength(2);
  });

  it('that stalls is cut, and goes on', async () => {
    const server = await serve(BYTES, { stallAfter: 100_000 }, {});
    const { dir, path } = await target();
    await downloadFile(fileAt(server.url), path, options({ idleSeconds: 0.3 }));
    expectWhole(path, dir);
    expect(server.asked[1]).toBe(100_000);
  });

  it('waits for a server that goes away and comes back', async () => {
    const server = await serve(BYTES, { dropAfter: 100_000 }, {});
    const { dir, path } = await target();
    const away: Promise<void>[] = [];
    const onProgress = (done: number): void => {
      if (done === 100_000 && away.length === 0) away.push(server.close());
    };
    const download = downloadFile(
      fileAt(server.url),
      path,
      options({ onProgress, retries: 6, retrySeconds: 0.1 }),
    );
    await expect.poll(() => away.length).toBe(1);
    await Promise.all(away);
    setTimeout(server.open, 300);
    await download;
    expectWhole(path, dir);
    expect(server.asked).toEqual([0, 100_000]);
  });

  it('goes on in another process: what was received stays', async () => {
    const server = await serve(BYTES, { dropAfter: 200_000 });
    const { dir, path } = await target();
    const problem = await problemOf(() => downloadFile(fileAt(server.url), path, options({ retries: 0 })));
    expect(problem.code).toBe('download-cut');
    expect(problem.message).toContain(server.url);
    expect(readdirSync(dir)).toEqual(['file.part']);
    const { size } = statSync(partPath(path));
    expect(size).toBeGreaterThan(0);
    const again = await serve(BYTES);
    await downloadFile(fileAt(again.url), path, options());
    expectWhole(path, dir);
    expect(again.asked).toEqual([size]);
  });

  it('that was received, but not checked, needs no server', async () => {
    const { dir, path } = await target();
    writeFileSync(partPath(path), BYTES);
    await downloadFile(fileAt('http://127.0.0.1:9/file'), path, options());
    expectWhole(path, dir);
  });

  it('follows the server to another address', async () => {
    const server = await serve(BYTES);
    const first = await serve(BYTES, { status: 302, location: server.url });
    const { dir, path } = await target();
    await downloadFile(fileAt(first.url), path, options());
    expectWhole(path, dir);
  });

  it('that was stopped keeps what it has, and says so', async () => {
    const server = await serve(BYTES, { stallAfter: 100_000 });
    const { dir, path } = await target();
    const controller = new AbortController();
    const onProgress = (done: number): void => {
      if (done === 100_000) controller.abort();
    };
    const problem = await problemOf(() =>
      downloadFile(fileAt(server.url), path, options({ signal: controller.signal, onProgress })),
    );
    expect(problem.code).toBe('download-stopped');
    expect(readdirSync(dir)).toEqual(['file.part']);
  });
});

describe('a download that cannot be', () => {
  it('wrong bytes are refused and gone', async () => {
    const server = await serve(randomBytes(BYTES.length));
    const { dir, path } = await target();
    const problem = await problemOf(() => downloadFile(fileAt(server.url), path, options()));
    expect(problem.code).toBe('download-checksum');
    expect(problem.message).toContain(fileAt('').sha256);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('a wrong beginning from before is refused and gone, so that the next time is right', async () => {
    const server = await serve(BYTES);
    const { dir, path } = await target();
    writeFileSync(partPath(path), randomBytes(1000));
    expect((await problemOf(() => downloadFile(fileAt(server.url), path, options()))).code).toBe(
      'download-checksum',
    );
    await downloadFile(fileAt(server.url), path, options());
    expectWhole(path, dir);
    expect(server.asked).toEqual([1000, 0]);
  });

  it.each([
    ['of unknown length', { withoutLength: true }],
    ['of known length', {}],
  ])('a longer file %s is refused before all of it is here', async (_name, answer) => {
    const server = await serve(randomBytes(2 ** 24), answer);
    const { dir, path } = await target();
    let most = 0;
    const problem = await problemOf(() =>
      downloadFile(fileAt(server.url), path, options({ onProgress: (done) => (most = done) })),
    );
    expect(problem.code).toBe('download-checksum');
    expect(most).toBeLessThanOrEqual(BYTES.length);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('a shorter file is one that was cut, as often as it is asked for', async () => {
    const server = await serve(BYTES.subarray(0, 1000));
    const { path } = await target();
    const problem = await problemOf(() => downloadFile(fileAt(server.url), path, options()));
    expect(problem.code).toBe('download-cut');
    expect(server.asked).toEqual([0, 1000, 0]);
  });

  it('a server that always breaks off, and gives no parts, is given up', async () => {
    const server = await serve(BYTES, { dropAfter: 150_000, withoutRange: true });
    const { path } = await target();
    const problem = await problemOf(() => downloadFile(fileAt(server.url), path, options()));
    expect(problem.code).toBe('download-cut');
    expect(server.asked).toHaveLength(3);
  });

  it.each([
    [404, undefined, '404 Not Found'],
    [503, undefined, '503'],
    [302, 'file:///etc/passwd', 'file:///etc/passwd'],
    [302, '/again', 'no further'],
  ])('the server says %i %s', async (status, location, words) => {
    const server = await serve(BYTES, { status, ...(location !== undefined && { location }) });
    const { dir, path } = await target();
    const problem = await problemOf(() => downloadFile(fileAt(server.url), path, options()));
    expect(problem.code).toBe('download-refused');
    expect(problem.message).toContain(words);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('nobody answers', async () => {
    const server = await serve(BYTES);
    await server.close();
    const { dir, path } = await target();
    const problem = await problemOf(() => downloadFile(fileAt(server.url), path, options()));
    expect(problem.code).toBe('download-unreachable');
    expect(problem.message).toContain('ECONNREFUSED');
    expect(problem.fix).toContain('network');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('a name that no network knows', async () => {
    const { path } = await target();
    const file = fileAt('http://no-such-host.invalid/file');
    const problem = await problemOf(() => downloadFile(file, path, options()));
    expect(problem.code).toBe('download-unreachable');
    expect(problem.message).toContain('no-such-host.invalid');
  });

  it.skipIf(process.platform !== 'linux')('a full disk', async () => {
    const server = await serve(BYTES);
    const { path } = await target();
    symlinkSync('/dev/full', partPath(path));
    const problem = await problemOf(() => downloadFile(fileAt(server.url), path, options()));
    expect(problem).toMatchObject({ code: 'file-disk-full', path: partPath(path) });
    expect(server.asked).toEqual([0]);
  });

  it('a folder that is not there', async () => {
    const server = await serve(BYTES);
    const { dir } = await target();
    const path = join(dir, 'missing', 'file');
    const problem = await problemOf(() => downloadFile(fileAt(server.url), path, options()));
    expect(problem.code).toBe('file-folder-missing');
  });
});
