import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it, vi } from 'vitest';
import { openDataset } from '@main/engine/data/dataset';
import { readIdxFile } from '@main/engine/data/idx-file';
import { packedCifar, cifarSets } from '../../shell/cli/bad-data/cifar-cases';
import { svhnFiles } from '../../shell/cli/bad-data/svhn-cases';
import { folderOf, idxBytes, problemOf, resourcesDir } from './idx-fixture';

afterEach(() => {
  vi.restoreAllMocks();
});

const cifar = cifarSets['CIFAR-10'].files;

it.each([
  ['CIFAR', cifar, 5000, 'data_batch_1.bin takes 6146'],
  ['SVHN', svhnFiles(false), 30_000, 'train_32x32.mat takes 30720'],
  ['SVHN compressed', svhnFiles(true), 30_000, 'train_32x32.mat takes 30720'],
])(
  'a file that the memory has no room for is refused before it is read: %s',
  async (_, files, free, words) => {
    const dir = await folderOf(files as Record<string, Uint8Array>);
    expect((await openDataset({ data: dir, resourcesDir })).train.count).toBeGreaterThan(0);
    vi.spyOn(process, 'availableMemory').mockReturnValue(free);
    const problem = await problemOf(() => openDataset({ data: dir, resourcesDir }));
    expect(problem.code).toBe('dataset-memory');
    expect(problem.message).toContain(`${words} bytes of memory, and there are ${free}`);
    expect(problem.fix).toBe('Free memory, or use a smaller data set.');
  },
);

it('an IDX file is refused by its length, gzipped by what it unfolds to', async () => {
  const bytes = idxBytes([100, 20, 20], new Uint8Array(40_000));
  const dir = await folderOf({ plain: bytes, zipped: gzipSync(bytes) });
  vi.spyOn(process, 'availableMemory').mockReturnValue(40_000);
  for (const name of ['plain', 'zipped']) {
    const problem = await problemOf(() => readIdxFile(join(dir, name), 'images'));
    expect(problem).toMatchObject({ code: 'dataset-memory', path: join(dir, name) });
    expect(problem.message).toContain('takes 40016 bytes');
  }
  vi.spyOn(process, 'availableMemory').mockReturnValue(40_016);
  expect((await readIdxFile(join(dir, 'zipped'), 'images')).dims).toEqual([100, 20, 20]);
});

it('an archive is refused by the file in it', async () => {
  const dir = await folderOf(packedCifar(cifar, true) as Record<string, Uint8Array>);
  vi.spyOn(process, 'availableMemory').mockReturnValue(5000);
  const problem = await problemOf(() => openDataset({ data: `${dir}/cifar.tar.gz`, resourcesDir }));
  expect(problem).toMatchObject({ code: 'dataset-memory' });
  expect(problem.message).toContain('data_batch_1.bin takes 6146');
});
