import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCifarArchive } from '@main/engine/data/cifar';
import { readCifarFile, type CifarPart } from '@main/engine/data/cifar-file';
import type { Dataset } from '@main/engine/data/dataset';
import { tarOf } from '../unit/engine/data/tar-fixture';
import { changed, changes, hostileFile, outcome, share, SMALL_MEMORY } from './hostile';

const RUNS = { numRuns: 200 };
const RECORD = 3073;

const records = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 3 })
  .map((labels) =>
    Uint8Array.from({ length: labels.length * RECORD }, (_, at) =>
      at % RECORD === 0 ? labels[at / RECORD]! : (at * 31) % 256,
    ),
  );

async function read(bytes: Uint8Array, piece: number): Promise<CifarPart | string> {
  const part = await outcome(
    () => readCifarFile(hostileFile(bytes, piece), { labelBytes: 1, labelAt: 0 }, 10),
    /^cifar-(size|label)$/,
  );
  if (typeof part === 'object') {
    expect(part.images.length + part.labels.length).toBe(bytes.length);
    expect(part.labels.every((label) => label < 10)).toBe(true);
  }
  return part;
}

describe('hostile records of CIFAR', () => {
  it('any bytes, changes and cuts: all records, or a named problem', async () => {
    await fc.assert(
      fc.asyncProperty(
        records,
        changes,
        share,
        fc.integer({ min: 1, max: 4000 }),
        async (bytes, edits, where, piece) => {
          expect(typeof (await read(bytes, piece))).toBe('object');
          await read(changed(bytes, edits), piece);
          const cut = bytes.subarray(0, Math.floor(where * bytes.length));
          const whole = cut.length > 0 && cut.length % RECORD === 0;
          expect(typeof (await read(cut, piece))).toBe(whole ? 'object' : 'string');
        },
      ),
      RUNS,
    );
  });

  it('any label: refused from 10 on', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 0, max: 255 }), async (bytes, label) => {
        expect(typeof (await read(bytes.with(0, label), 999))).toBe(label < 10 ? 'object' : 'string');
      }),
      RUNS,
    );
  });

  it('a length that the stream does not keep', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 1, max: 20 }), async (bytes, count) => {
        const file = { ...hostileFile(bytes), bytes: count * RECORD };
        const part = await outcome(
          () => readCifarFile(file, { labelBytes: 1, labelAt: 0 }, 10),
          /^cifar-size$/,
        );
        expect(typeof part).toBe(count * RECORD === bytes.length ? 'object' : 'string');
      }),
      RUNS,
    );
  });
});

describe('hostile archives of CIFAR', () => {
  const CODES = /^(gzip-bad|tar-bad|cifar-(size|label|names)|dataset-(file-missing|file-size|blank))$/;
  const names = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);
  const record = Uint8Array.from({ length: RECORD }, (_, at) => (at === 0 ? 3 : (at * 31) % 256));
  const archive = tarOf('cifar', [
    ...[...names, 'test_batch.bin'].map((name): [string, Uint8Array] => [name, record]),
    ['batches.meta.txt', Buffer.from('a b c d e f g h i j'.replaceAll(' ', '\n'))],
  ]);
  let dir = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'mcn-fuzz-'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  async function open(bytes: Uint8Array): Promise<Dataset | string> {
    const path = join(dir, 'hostile.tar.gz');
    await writeFile(path, bytes);
    return outcome(() => openCifarArchive(path), CODES);
  }

  it('the sound one is read', async () => {
    expect(await open(gzipSync(archive))).toMatchObject({ train: { count: 5 }, test: { count: 1 } });
  });

  it('any bytes, plain and as sound gzip', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        expect(typeof (await open(bytes))).toBe('string');
        expect(typeof (await open(gzipSync(bytes)))).toBe('string');
      }),
      RUNS,
    );
  });

  it('changed in the compressed bytes: the same set, or a named problem', async () => {
    const zipped = gzipSync(archive);
    const { checksums } = (await open(zipped)) as Dataset;
    await fc.assert(
      fc.asyncProperty(changes, async (edits) => {
        const set = await open(changed(zipped, edits));
        if (typeof set === 'object') expect(set.checksums).toEqual(checksums);
      }),
      RUNS,
    );
  });

  it('changed under the gzip, or cut off: a set or a named problem', async () => {
    await fc.assert(
      fc.asyncProperty(changes, share, async (edits, where) => {
        await open(gzipSync(changed(archive, edits)));
        const content = archive.length - 1024;
        expect(typeof (await open(gzipSync(archive.subarray(0, where * (content - 512)))))).toBe('string');
      }),
      RUNS,
    );
  });

  it('a bomb does not grow', async () => {
    const zeros = tarOf('cifar', [['zeros', new Uint8Array(2 ** 28)]]);
    const bomb = gzipSync(zeros, { level: 1 });
    const before = process.memoryUsage.rss();
    expect(await open(bomb)).toBe('dataset-file-missing');
    expect(process.memoryUsage.rss() - before).toBeLessThan(SMALL_MEMORY);
  });
});
