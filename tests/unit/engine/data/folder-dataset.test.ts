import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openDataset } from '@main/engine/data/dataset';
import { datasetDescriptionSchema } from '@shared/datasets/dataset-description';
import type { Problem } from '@shared/problem';
import { folderOf, idxBytes, problemOf, resourcesDir, smallSet, temporaryFolder } from './idx-fixture';

async function refused(files: Readonly<Record<string, Uint8Array>>): Promise<Problem & { dir: string }> {
  const dir = await folderOf(files);
  return { ...(await problemOf(() => openDataset({ data: dir, resourcesDir }))), dir };
}

describe('a folder of IDX files', () => {
  it('is described by what it holds', async () => {
    const dir = await folderOf(smallSet());
    const { description, train, test, checksums } = await openDataset({ data: dir, resourcesDir });
    expect(datasetDescriptionSchema.parse(description)).toEqual(description);
    expect(description).toMatchObject({
      id: dir,
      name: basename(dir),
      classes: ['0', '1', '2'],
      channels: 1,
      height: 4,
      width: 6,
      trainCount: 6,
      testCount: 3,
      pad: { to: 32, value: 0 },
      source: dir,
    });
    // Pixels are 10 i + p, i = 0..5, p = 0..23: mean 25 + 11.5, variance 100 * 35/12 + (24^2 - 1)/12.
    expect(description.mean[0]).toBeCloseTo(36.5 / 255, 12);
    expect(description.std[0]).toBeCloseTo(Math.sqrt(3500 / 12 + 575 / 12) / 255, 12);
    expect([...train.labels]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...test.images.subarray(24, 27)]).toEqual([10, 11, 12]);
    expect(Object.keys(checksums)).toHaveLength(4);
  });

  it('has the statistics of all its training images, whatever the limit', async () => {
    const dir = await folderOf(smallSet());
    const all = await openDataset({ data: dir, resourcesDir });
    const some = await openDataset({ data: dir, resourcesDir, limitTrain: 2, limitTest: 1 });
    expect(some.description).toEqual(all.description);
    expect([some.train.count, some.test.count]).toEqual([2, 1]);
  });

  it.each([
    ['MNIST', (name: string) => `${name}.gz`],
    ['MNIST unpacked', (name: string) => name.replace('-idx', '.idx')],
    ['EMNIST', (name: string) => `emnist-digits-${name.replace('t10k', 'test')}.gz`],
  ])('may be named as %s is', async (_, rename) => {
    const files = Object.entries(smallSet()).map(([name, bytes]) => {
      const renamed = rename(name);
      return [renamed, renamed.endsWith('.gz') ? gzipSync(bytes) : bytes] as const;
    });
    const dir = await folderOf(Object.fromEntries(files));
    expect((await openDataset({ data: dir, resourcesDir })).train.count).toBe(6);
  });

  it('is read from the plain file when its gzipped twin lies beside it', async () => {
    const files = smallSet();
    files['train-labels-idx1-ubyte.gz'] = gzipSync(idxBytes([6], [1, 1, 1, 1, 1, 1]));
    const { train } = await openDataset({ data: await folderOf(files), resourcesDir });
    expect([...train.labels]).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('may have 256 classes', async () => {
    const files = smallSet();
    files['train-images-idx3-ubyte'] = idxBytes(
      [256, 4, 6],
      Uint8Array.from({ length: 256 * 24 }, (_, at) => at),
    );
    files['train-labels-idx1-ubyte'] = idxBytes(
      [256],
      Uint8Array.from({ length: 256 }, (_, label) => label),
    );
    const { description } = await openDataset({ data: await folderOf(files), resourcesDir });
    expect(description.classes).toHaveLength(256);
    expect(datasetDescriptionSchema.safeParse(description).success).toBe(true);
  });
});

describe('a folder that is no data set', () => {
  it('names the file that is missing', async () => {
    const files = smallSet();
    delete files['t10k-labels-idx1-ubyte'];
    const problem = await refused(files);
    expect(problem).toMatchObject({ code: 'dataset-file-missing', path: problem.dir });
    expect(problem.message).toContain('t10k-labels-idx1-ubyte');
  });

  it('names files that compete', async () => {
    const files = smallSet();
    const problem = await refused({
      ...files,
      'emnist-train-labels-idx1-ubyte': files['train-labels-idx1-ubyte']!,
    });
    expect(problem.code).toBe('dataset-ambiguous');
    expect(problem.message).toContain('emnist-train-labels-idx1-ubyte, train-labels-idx1-ubyte');
  });

  it.each([
    ['dataset-counts', { 'train-labels-idx1-ubyte': idxBytes([5], [0, 1, 2, 0, 1]) }, '6 images'],
    ['dataset-label', { 't10k-labels-idx1-ubyte': idxBytes([3], [2, 3, 9]) }, 'record 1 has the label 3'],
    ['dataset-classes', { 'train-labels-idx1-ubyte': idxBytes([6], [0, 0, 0, 0, 0, 0]) }, 'label 0'],
    [
      'dataset-class-empty',
      { 'train-labels-idx1-ubyte': idxBytes([6], [0, 1, 2, 0, 9, 2]) },
      'no record has 3',
    ],
    ['dataset-blank', { 'train-images-idx3-ubyte': idxBytes([6, 4, 6], new Uint8Array(144)) }, 'equal'],
    ['dataset-sizes', { 't10k-images-idx3-ubyte': idxBytes([3, 6, 4], new Uint8Array(72)) }, '6×4'],
    [
      'idx-type',
      { 't10k-images-idx3-ubyte': idxBytes([3, 4, 6], new Uint8Array(288), 0x0c) },
      '32-bit integers',
    ],
    ['idx-rank', { 't10k-images-idx3-ubyte': idxBytes([3], [0, 1, 2]) }, 'has 1 dimensions'],
  ])('is refused for %s', async (code, changed, words) => {
    const problem = await refused({ ...smallSet(), ...changed });
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
    expect(problem.message).toContain(problem.dir);
    expect(problem.fix).toBeTruthy();
  });

  it('is refused for images past 32 x 32', async () => {
    const problem = await refused({
      ...smallSet(),
      'train-images-idx3-ubyte': idxBytes([6, 33, 2], new Uint8Array(396)),
      't10k-images-idx3-ubyte': idxBytes([3, 33, 2], new Uint8Array(198)),
    });
    expect(problem).toMatchObject({ code: 'dataset-image-size', path: problem.dir });
  });
});

describe('openDataset', () => {
  it('lists the known names for an unknown one', async () => {
    for (const data of ['mnits', 'toString', '']) {
      const problem = await problemOf(() => openDataset({ data, resourcesDir }));
      expect(problem).toMatchObject({
        code: 'dataset-unknown',
        fix: expect.stringContaining('mnist') as unknown,
      });
    }
  });

  it('names a folder that is missing, and a file in its place', async () => {
    const dir = await temporaryFolder();
    const missing = join(dir, 'nothing');
    expect(await problemOf(() => openDataset({ data: missing, resourcesDir }))).toMatchObject({
      code: 'dataset-folder-missing',
      path: missing,
    });
    const file = join(dir, 'file');
    await writeFile(file, 'x');
    const problem = await problemOf(() => openDataset({ data: file, resourcesDir }));
    expect(problem.code).toBe('dataset-folder-unreadable');
    expect(problem.message).toContain('is not a folder');
  });

  it('refuses limits that are no numbers of images', async () => {
    for (const limitTrain of [0, -1, 1.5, Number.NaN]) {
      const problem = await problemOf(() => openDataset({ data: 'mnist', resourcesDir, limitTrain }));
      expect(problem).toMatchObject({ code: 'dataset-limit', field: 'limitTrain' });
    }
  });
});
