import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openDataset, type Dataset } from '@main/engine/data/dataset';
import { datasetRegistry } from '@shared/datasets/registry';
import type { Problem } from '@shared/problem';
import { folderOf, problemOf, resourcesDir, temporaryFolder } from './idx-fixture';
import { tarOf } from './tar-fixture';

const RECORD = 3073;
const fixture = fileURLToPath(new URL('../../../fixtures/cifar10', import.meta.url));
const cifar10 = datasetRegistry['cifar10']!;
const batches = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);

/** The real small files, in the order of the real archive. */
async function files(): Promise<[string, Uint8Array][]> {
  const names = ['data_batch_4.bin', 'batches.meta.txt', 'test_batch.bin', ...batches.toSpliced(3, 1)];
  return Promise.all(
    names.map(async (name): Promise<[string, Uint8Array]> => [name, await readFile(join(fixture, name))]),
  );
}

function open(data: string): Promise<Dataset> {
  return openDataset({ data, resourcesDir });
}

async function archiveOf(bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'cifar.tar.gz');
  await writeFile(path, bytes);
  return path;
}

describe('CIFAR-10 as a folder', () => {
  it('has its records in order, as NHWC', async () => {
    const { train, test, description } = await open(fixture);
    expect(train).toMatchObject({ count: 10, height: 32, width: 32, channels: 3 });
    expect([...train.labels]).toEqual([6, 9, 1, 6, 8, 5, 0, 6, 1, 8]);
    expect([...test.labels]).toEqual([3, 8]);
    const raw = await readFile(join(fixture, 'data_batch_2.bin'));
    for (const [y, x, c] of [
      [0, 0, 0],
      [31, 31, 2],
      [3, 17, 1],
    ] as const) {
      const stored = raw[RECORD + 1 + c * 1024 + y * 32 + x];
      expect(train.images[((3 * 32 + y) * 32 + x) * 3 + c]).toBe(stored);
    }
    expect(description).toMatchObject({ id: fixture, classes: cifar10.classes, trainCount: 10 });
  });

  it('needs no file of names, but every file of records', async () => {
    const all = Object.fromEntries(await files());
    const { ['batches.meta.txt']: names, ...records } = all;
    expect(names).toBeDefined();
    expect((await open(await folderOf(records))).description.classes).toEqual(cifar10.classes);
    const { ['data_batch_3.bin']: third, ...rest } = all;
    expect(third).toBeDefined();
    const problem = await problemOf(async () => open(await folderOf(rest)));
    expect(problem.code).toBe('dataset-file-missing');
    expect(problem.message).toContain('data_batch_3.bin');
  });

  it.each<[string, string, (bytes: Uint8Array) => Uint8Array]>([
    ['cifar-size', 'data_batch_1.bin', (bytes) => bytes.subarray(0, RECORD + 5)],
    ['cifar-size', 'test_batch.bin', () => new Uint8Array(0)],
    ['cifar-label', 'data_batch_5.bin', (bytes) => bytes.with(RECORD, 10)],
    ['cifar-names', 'batches.meta.txt', (bytes) => bytes.subarray(0, 12)],
  ])('refuses %s by the name of the file (%s)', async (code, name, change) => {
    const all = Object.fromEntries(await files());
    const dir = await folderOf({ ...all, [name]: change(Uint8Array.from(all[name]!)) });
    expect(await problemOf(() => open(dir))).toMatchObject({ code, path: join(dir, name) });
  });
});

describe('CIFAR-10 as an archive', () => {
  it('is the same set as its folder, whatever the order', async () => {
    const folder = await open(fixture);
    const archive = await open(await archiveOf(gzipSync(tarOf('cifar-10-batches-bin', await files()))));
    expect(archive.checksums).toEqual(folder.checksums);
    expect(Buffer.compare(archive.train.images, folder.train.images)).toBe(0);
    expect(archive.train.labels).toEqual(folder.train.labels);
    expect(Buffer.compare(archive.test.images, folder.test.images)).toBe(0);
  });

  it('may lie in a folder under the name that its authors gave it', async () => {
    const bytes = gzipSync(tarOf('cifar-10-batches-bin', await files()));
    const set = await open(await folderOf({ 'cifar-10-binary.tar.gz': bytes }));
    expect(set.checksums).toEqual((await open(fixture)).checksums);
  });

  it.each<[string, (tar: Buffer) => Uint8Array]>([
    ['gzip-bad', (tar) => gzipSync(tar).subarray(0, 9000)],
    ['gzip-bad', (tar) => Buffer.concat([gzipSync(tar), Buffer.from('more')])],
    ['gzip-bad', (tar) => tar],
    ['tar-bad', (tar) => gzipSync(tar.subarray(0, 5000))],
    ['tar-bad', (tar) => gzipSync(Buffer.concat([tar.subarray(0, 7200), tar.subarray(7201)]))],
    ['dataset-file-missing', (tar) => gzipSync(tar.subarray(0, 512))],
  ])('refuses %s', async (code, change) => {
    const path = await archiveOf(change(tarOf('cifar', await files())));
    const problem: Problem = await problemOf(() => open(path));
    expect(problem.message).toContain(path);
    expect(problem.code).toBe(code);
  });
});

describe('CIFAR-100', () => {
  it('is read by its fine labels', async () => {
    const record = (coarse: number, fine: number): Uint8Array =>
      Uint8Array.from({ length: 3074 }, (_, at) => (at === 0 ? coarse : at === 1 ? fine : (at * fine) % 251));
    const { classes } = datasetRegistry['cifar100']!;
    const dir = await folderOf({
      'train.bin': Buffer.concat([record(3, 99), record(19, 7), record(0, 1)]),
      'test.bin': record(4, 50),
      'fine_label_names.txt': new TextEncoder().encode(classes.join('\n')),
    });
    const { train, test, description } = await open(dir);
    expect([...train.labels, ...test.labels]).toEqual([99, 7, 1, 50]);
    expect(train.images[3072 + 3]).toBe((3 * 7) % 251);
    expect(description.classes).toHaveLength(100);
  });
});

it('says where the files of a known set belong when they are not here', async () => {
  const problem = await problemOf(() => open('cifar10'));
  expect(problem.code).toBe('dataset-not-here');
  expect(problem.fix).toContain('data/cifar10');
});

describe('real CIFAR-10', () => {
  it('is recognised, with the statistics that its description states', async ({ skip }) => {
    const unpack = fileURLToPath(new URL('../../../../../shared/data/unpack.sh', import.meta.url));
    if (!existsSync(unpack)) skip(`the real data set is not here: there is no ${unpack}`);
    const unpacked = fileURLToPath(new URL('../../../../.cache/data', import.meta.url));
    await promisify(execFile)('bash', [unpack, unpacked]);
    const { description, train, test, checksums } = await open(join(unpacked, 'cifar10'));
    expect(description).toBe(cifar10);
    expect([train.count, test.count]).toEqual([50_000, 10_000]);
    expect(checksums['test_batch.bin']).toBe(
      '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b',
    );
    const counts = new Array<number>(10).fill(0);
    for (const label of train.labels) counts[label]!++;
    expect(counts).toEqual(new Array<number>(10).fill(5000));
  }, 180_000);
});
