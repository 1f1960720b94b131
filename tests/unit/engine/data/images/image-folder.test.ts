import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { onTestFinished, describe, expect, it } from 'vitest';
import { createBatchMaker } from '@main/engine/data/create-batch-maker';
import { FileBatches } from '@main/engine/data/images/file-batches';
import type { ImageFiles } from '@main/engine/data/images/image-files';
import { openData, type DataWish, type OpenedData } from '@main/engine/data/open-data';
import { inputSpec } from '@main/engine/data/preprocess';
import { datasetDescriptionSchema } from '@shared/datasets/dataset-description';
import { defaultsOf } from '@shared/fields/check-value';
import { trainingFields } from '@shared/training/settings';
import { folderOf, problemOf, resourcesDir, smallSet } from '../idx-fixture';
import { painted, plainPng, smallFolder, treeOf } from './image-fixture';

const settings = defaultsOf(trainingFields);
const demand = { height: 8, width: 8, color: 'rgb', classes: 2 } as const;

function wish(
  data: string,
  changes: Partial<DataWish> = {},
  images: Partial<DataWish['images']> = {},
): DataWish {
  return {
    data,
    resourcesDir,
    demand,
    images: {
      classes: settings,
      imageFit: 'crop',
      trainCrop: 'center',
      statistics: 'measured',
      ...images,
    },
    ...changes,
  };
}

async function opened(...given: Parameters<typeof wish>): Promise<OpenedData> {
  const data = await openData(wish(...given));
  onTestFinished(() => data.close());
  return data;
}

/** Raw values of a batch's first three channels at the top left pixel of each image. */
async function corners(data: OpenedData, part: 'train' | 'test', records: number[]): Promise<number[][]> {
  const spec = inputSpec(
    { height: 8, width: 8, planes: 4, color: 'rgb', extra: 'gray' },
    { mean: [0, 0, 0], std: [1, 1, 1] },
  );
  const { pixels } = await createBatchMaker(data[part], spec).make(Uint32Array.from(records), null);
  return records.map((_, item) =>
    [0, 1, 2].map((channel) => Math.round(pixels[item * 256 + channel]! * 255)),
  );
}

describe('a folder of images', () => {
  it('has its sorted folders as classes, and is described by its images', async () => {
    const dir = await treeOf(await smallFolder());
    const { description, train, test, checksums } = await opened(dir);
    expect(datasetDescriptionSchema.parse(description)).toEqual(description);
    expect(description).toMatchObject({
      id: dir,
      name: basename(dir),
      classes: ['blue', 'red'],
      adapts: true,
      channels: 3,
      height: 8,
      width: 8,
      trainCount: 6,
      testCount: 4,
    });
    expect([...train.labels]).toEqual([0, 0, 0, 1, 1, 1]);
    expect([...test.labels]).toEqual([0, 0, 1, 1]);
    expect(Object.keys(checksums)).toEqual(['train (names and sizes)', 'val (names and sizes)']);
  });

  it('is known for training by the contents of the files in use, not by their names and sizes alone', async () => {
    const dir = await treeOf(await smallFolder());
    const checksums = async (changes: Partial<DataWish> = {}): Promise<Readonly<Record<string, string>>> => {
      const data = await openData(wish(dir, { forTraining: true, ...changes }));
      await data.close();
      return data.checksums;
    };
    const before = await checksums();
    const [train, val] = ['train (contents)', 'val (contents)'];
    const line = async (file: string): Promise<string> =>
      `${file}\0${createHash('sha256')
        .update(await readFile(join(dir, file)))
        .digest('hex')}\n`;
    const files = ['val/blue/0.png', 'val/blue/1.png', 'val/red/0.png', 'val/red/1.png'];
    const lines = (await Promise.all(files.map(line))).join('');
    expect(before[val!]).toBe(createHash('sha256').update(lines).digest('hex'));
    expect(await checksums()).toEqual(before);

    // Bytes behind the image, so that it stays sound and as long as it was.
    const path = join(dir, 'train/red/2.png');
    const bytes = await readFile(path);
    await writeFile(path, Buffer.concat([bytes, Buffer.of(1)]));
    const longer = await checksums();
    await writeFile(path, Buffer.concat([bytes, Buffer.of(2)]));
    const other = await checksums();
    expect(other[train!]).not.toBe(longer[train!]);
    expect({ ...other, [train!]: '' }).toEqual({ ...longer, [train!]: '' });

    const first = { limitTrain: 4 };
    const some = await checksums(first);
    await writeFile(path, Buffer.concat([bytes, Buffer.of(3)]));
    expect(await checksums(first)).toEqual(some);
  });

  it('gives batches by record: decoded, cropped, normalised', async () => {
    const data = await opened(await treeOf(await smallFolder()));
    expect(await corners(data, 'train', [5, 0, 4])).toEqual([
      [140, 22, 10],
      [10, 20, 100],
      [120, 21, 10],
    ]);
    expect(await corners(data, 'test', [2])).toEqual([[100, 20, 10]]);
  });

  it('is cropped at the same places for every batch that an image comes in', async () => {
    const files = await smallFolder();
    files['train/red/0.png'] = await painted(40, 30, (x, y) => [x * 6, y * 8, 0])
      .png()
      .toBuffer();
    const data = await opened(await treeOf(files), {}, { trainCrop: 'random-resized' });
    const spec = inputSpec({ height: 8, width: 8, planes: 4, color: 'rgb', extra: 'r' }, data.description);
    const maker = new FileBatches(data.train as ImageFiles, spec);
    const drawn = { augmentation: { ...settings, cropPadding: 1, horizontalFlip: true }, epoch: 4 };
    const alone = await maker.make(Uint32Array.of(3), drawn);
    const among = await maker.make(Uint32Array.of(0, 1, 3, 5), drawn);
    expect([...among.labels]).toEqual([0, 0, 1, 1]);
    expect(among.pixels.slice(2 * 256, 3 * 256)).toEqual(alone.pixels);
    const next = await maker.make(Uint32Array.of(3), { ...drawn, epoch: 5 });
    expect(next.pixels).not.toEqual(alone.pixels);
  });

  it('turns photographs upright, makes clear parts black, and gray of colours for a gray network', async () => {
    const half = painted(8, 16, (_, y) => (y < 8 ? [255, 255, 255] : [0, 0, 0]));
    const turned = await half.jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
    const clear = await painted(8, 8, () => [200, 200, 200])
      .ensureAlpha(0)
      .png()
      .toBuffer();
    const files = { ...(await smallFolder()), 'val/blue/0.png': turned, 'val/blue/1.png': clear };
    const data = await opened(
      await treeOf(files),
      { demand: { height: 8, width: 8, color: 'gray', classes: 2 } },
      { statistics: null },
    );
    expect(data.description.channels).toBe(1);
    expect([...(data.test as ImageFiles).sizes.subarray(0, 2)]).toEqual([16, 8]);
    const spec = inputSpec(
      { height: 8, width: 8, planes: 1, color: 'gray', extra: 'gray' },
      data.description,
    );
    const { pixels } = await createBatchMaker(data.test, spec).make(Uint32Array.of(0, 1, 2), null);
    // Orientation 6 turns it by 90 degrees clockwise: its white top is at the right then.
    expect([pixels[0]! < 0.05, pixels[7]! > 0.95, pixels[56]! < 0.05]).toEqual([true, true, true]);
    expect(pixels[64]).toBe(0);
    expect(pixels[128]! * 255).toBeGreaterThan(30);
    expect(pixels[128]! * 255).toBeLessThan(70);
  });

  it('may use some classes: listed, or drawn by a seed', async () => {
    const files: Record<string, Uint8Array> = {};
    const names = Array.from({ length: 9 }, (_, index) => `c${index}`);
    for (const [index, name] of names.entries()) {
      for (const part of ['train', 'test']) {
        for (const image of [0, 1]) {
          files[`${part}/${name}/${image}.png`] = await plainPng(8, 8, [
            20 * index,
            40 * image + index,
            9 + index,
          ]);
        }
      }
    }
    const dir = await treeOf(files);
    const classesOf = async (changes: Partial<typeof settings>, count: number): Promise<string[]> => {
      const change = { demand: { ...demand, classes: count } };
      return (await opened(dir, change, { classes: { ...settings, ...changes } })).description.classes;
    };
    expect(await classesOf({ classList: 'c7, c2,c5' }, 3)).toEqual(['c2', 'c5', 'c7']);
    const drawn = await classesOf({ classDraw: 4 }, 4);
    expect(await classesOf({ classDraw: 4, seed: 77 }, 4)).toEqual(drawn);
    expect(await classesOf({ classDraw: 4, classSeed: 2 }, 4)).not.toEqual(drawn);
    expect(drawn).toHaveLength(4);
    expect(drawn).toEqual([...drawn].sort());
    const some = await opened(
      dir,
      { limitTrain: 3, demand: { ...demand, classes: 4 } },
      { classes: { ...settings, classDraw: 4 } },
    );
    expect([...some.train.labels]).toEqual([0, 1, 2]);
    expect(some.description.trainCount).toBe(8);
  });

  it('is normalised by the statistics of its own pixels, or by those of ImageNet', async () => {
    const files = await smallFolder();
    for (const name of Object.keys(files)) {
      const value = name.includes('blue') ? 0 : 255;
      files[name] = await plainPng(9, 9, [value, 51, value]);
    }
    files['train/red/0.png'] = await painted(8, 8, () => [255, 204, 255])
      .png()
      .toBuffer();
    const dir = await treeOf(files);
    const { mean, std } = (await opened(dir)).description;
    expect(mean[0]).toBeCloseTo(1 / 2, 12);
    expect(std[0]).toBeCloseTo(1 / 2, 12);
    expect(mean[1]).toBeCloseTo((5 * 0.2 + 0.8) / 6, 12);
    const published = (await opened(dir, {}, { statistics: 'imagenet' })).description;
    expect(published.mean).toEqual([0.485, 0.456, 0.406]);
  });

  it('may be used as stored, padded, when all images have one size', async () => {
    const files = await smallFolder();
    for (const name of Object.keys(files)) files[name] = await plainPng(6, 4, [name.length * 5, 7, 9]);
    files['train/red/0.png'] = await painted(6, 4, (x, y) => [x, y, 100])
      .png()
      .toBuffer();
    const data = await opened(await treeOf(files), {}, { imageFit: 'stored' });
    expect(data.description).toMatchObject({ height: 4, width: 6, pad: { to: 8, value: 0 } });
    expect(data.description.adapts).toBeUndefined();
    const spec = inputSpec(
      { height: 8, width: 8, planes: 3, color: 'rgb', extra: 'gray' },
      { mean: [0, 0, 0], std: [1, 1, 1] },
    );
    const { pixels } = await createBatchMaker(data.train, spec).make(Uint32Array.of(3), null);
    const at = (x: number, y: number): number[] =>
      [0, 1, 2].map((c) => Math.round(pixels[(y * 8 + x) * 3 + c]! * 255));
    expect([at(0, 0), at(1, 2), at(6, 5), at(7, 7)]).toEqual([
      [0, 0, 0],
      [0, 0, 100],
      [5, 3, 100],
      [0, 0, 0],
    ]);
  });

  it('names the file that went bad after it was looked at, with the batch that it belongs to', async () => {
    const dir = await treeOf(await smallFolder());
    const data = await opened(dir);
    const path = join(dir, 'train/red/1.png');
    await writeFile(path, 'gone');
    expect(await corners(data, 'train', [0, 3])).toHaveLength(2);
    expect(await problemOf(() => corners(data, 'train', [2, 4]))).toMatchObject({ code: 'image-bad', path });
    await rm(path);
    expect(await problemOf(() => corners(data, 'train', [4]))).toMatchObject({ code: 'image-bad', path });
    expect(await corners(data, 'train', [3])).toHaveLength(1);
  });

  it('ends what it is doing when it is closed', async () => {
    const data = await opened(await treeOf(await smallFolder()));
    const batch = corners(data, 'train', [0, 1, 2]);
    await Promise.all([expect(batch).rejects.toThrow('ended'), data.close()]);
  });
});

describe('a folder of images that cannot be used', () => {
  type Files = Record<string, Uint8Array | string>;

  function without(files: Files, part: string): Files {
    return Object.fromEntries(Object.entries(files).filter(([name]) => !name.startsWith(part)));
  }

  it.each<[string, string, (files: Files) => Files | Promise<Files>, string]>([
    ['has no train', 'images-no-train', (files) => without(files, 'train/'), ''],
    ['has no test images', 'images-no-test', (files) => without(files, 'val/'), ''],
    [
      'has an empty class',
      'images-class-empty',
      (files) => ({ ...without(files, 'train/red'), 'train/red/.keep': '' }),
      'train/red',
    ],
    [
      'has a file of another kind',
      'images-not-image',
      (files) => ({ ...files, 'train/red/notes.txt': 'x' }),
      'train/red/notes.txt',
    ],
    [
      'has a folder in a class',
      'images-not-image',
      (files) => ({ ...files, 'val/red/more/1.png': 'x' }),
      'val/red/more',
    ],
    [
      'tests a class that it does not train',
      'images-classes-differ',
      (files) => ({ ...files, 'val/green/1.png': 'x' }),
      'val/green',
    ],
    ['does not test a class', 'images-classes-differ', (files) => without(files, 'val/red'), 'val'],
    [
      'has a text with the name of an image',
      'image-bad',
      (files) => ({ ...files, 'train/red/9.jpg': '<html>' }),
      'train/red/9.jpg',
    ],
    [
      'has a file without content',
      'image-bad',
      (files) => ({ ...files, 'val/blue/9.png': '' }),
      'val/blue/9.png',
    ],
    ['has one class', 'images-classes', (files) => without(without(files, 'train/red'), 'val/red'), ''],
  ])('%s', async (_, code, change, place) => {
    const dir = await treeOf(await change(await smallFolder()));
    const problem = await problemOf(() => openData(wish(dir)));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(join(dir, place));
    expect(problem.fix).toBeTruthy();
  });

  it.each(['jpeg', 'png'] as const)('holds a %s that ends too soon, wherever it was cut', async (format) => {
    const noise = painted(64, 64, (x, y) => [(x * 37 + y * 91) % 256, (x * y * 13) % 256, (x * 7) % 256]);
    const whole = await noise.toFormat(format).toBuffer();
    for (const share of [0.02, 0.5, 0.95]) {
      const name = `train/red/cut.${format}`;
      const files = { ...(await smallFolder()), [name]: whole.subarray(0, Math.floor(whole.length * share)) };
      const dir = await treeOf(files);
      const problem = await problemOf(() => openData(wish(dir)));
      expect(problem).toMatchObject({ code: 'image-bad', path: join(dir, name) });
    }
  });

  it('has other classes than the network, before a file is opened', async () => {
    const dir = await treeOf({ ...(await smallFolder()), 'train/red/broken.png': 'x' });
    const problem = await problemOf(() => openData(wish(dir, { demand: { ...demand, classes: 10 } })));
    expect(problem).toMatchObject({ code: 'dataset-classes' });
    expect(problem.message).toContain('tells 10 classes apart');
  });

  it('has images of several sizes, or too large ones, and is to be used as stored', async () => {
    const dir = await treeOf(await smallFolder());
    const mixed = await problemOf(() => openData(wish(dir, {}, { imageFit: 'stored' })));
    expect(mixed).toMatchObject({ code: 'images-sizes-mixed', path: join(dir, 'train/blue/1.png') });
    expect(mixed.message).toContain('10×13 pixels');
    const files = await smallFolder();
    for (const name of Object.keys(files)) files[name] = await plainPng(9, 4, [name.length, 7, 9]);
    const large = await treeOf(files);
    const problem = await problemOf(() => openData(wish(large, {}, { imageFit: 'stored' })));
    expect(problem).toMatchObject({ code: 'dataset-size', field: 'width' });
  });

  it('lacks listed classes, or has fewer than are to be drawn', async () => {
    const dir = await treeOf(await smallFolder());
    const listed = { ...settings, classList: 'red,green' };
    expect(await problemOf(() => openData(wish(dir, {}, { classes: listed })))).toMatchObject({
      code: 'images-classes',
      field: 'classList',
    });
    const drawn = { ...settings, classDraw: 3 };
    const problem = await problemOf(() => openData(wish(dir, {}, { classes: drawn })));
    expect(problem).toMatchObject({ code: 'images-classes', field: 'classDraw' });
  });

  it('is blank, or gray for statistics that have colours', async () => {
    const files = await smallFolder();
    for (const name of Object.keys(files)) files[name] = await plainPng(8, 8, [7, 7, 7]);
    const dir = await treeOf(files);
    expect((await problemOf(() => openData(wish(dir)))).code).toBe('dataset-blank');
    const gray = { demand: { ...demand, color: 'gray' } as const };
    const problem = await problemOf(() => openData(wish(dir, gray, { statistics: 'imagenet' })));
    expect(problem).toMatchObject({ code: 'images-statistics', field: 'imageStatistics' });
  });
});

it('other data is opened as ever, and does not fit for the same reasons', async () => {
  const dir = await folderOf(smallSet());
  const gray = { ...demand, color: 'gray', classes: 3 } as const;
  const data = await opened(dir, { demand: gray });
  expect(data.train.count).toBe(6);
  expect((await problemOf(() => openData(wish(dir)))).code).toBe('dataset-color');
  expect((await problemOf(() => openData(wish('mnits')))).code).toBe('dataset-unknown');
});
