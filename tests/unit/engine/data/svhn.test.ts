import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openDataFile } from '@main/engine/data/data-file';
import { openDataset } from '@main/engine/data/dataset';
import { matArrays } from '@main/engine/data/mat-file';
import { readSvhnFile, type SvhnPart } from '@main/engine/data/svhn-file';
import { datasetRegistry } from '@shared/datasets/registry';
import { problemOf, folderOf, resourcesDir, temporaryFolder } from './idx-fixture';
import {
  compressed,
  element,
  fixturePixel,
  matFile,
  matHeader,
  matrix,
  svhnVariables,
  type MatVariable,
} from './mat-fixture';

const fixtures = fileURLToPath(new URL('../../../fixtures/svhn', import.meta.url));

async function read(path: string): Promise<SvhnPart> {
  return readSvhnFile(await openDataFile(path));
}

async function readBytes(bytes: Uint8Array): Promise<SvhnPart> {
  return read(join(await folderOf({ 'train_32x32.mat': bytes }), 'train_32x32.mat'));
}

/** Images by the formula, and labels as digits: NHWC. */
function expected(count: number, first: number): Pick<SvhnPart, 'count' | 'images' | 'labels'> {
  const images = new Uint8Array(count * 3072);
  let at = 0;
  for (let n = first; n < first + count; n++) {
    for (let y = 0; y < 32; y++) {
      for (let x = 0; x < 32; x++) for (let c = 0; c < 3; c++) images[at++] = fixturePixel(n, y, x, c);
    }
  }
  const labels = Uint8Array.from({ length: count }, (_, n) => (((3 * (first + n)) % 10) + 1) % 10);
  return { count, images, labels };
}

function expectSame(part: SvhnPart, count: number, first: number): void {
  const wanted = expected(count, first);
  expect(part.count).toBe(count);
  expect([...part.labels]).toEqual([...wanted.labels]);
  expect(Buffer.compare(part.images, wanted.images)).toBe(0);
}

describe('SVHN as scipy writes it', () => {
  it.each(['plain', 'compressed'])('%s: both files, bit for bit', async (form) => {
    const dir = join(fixtures, form);
    expectSame(await read(join(dir, 'train_32x32.mat')), 5, 0);
    expectSame(await read(join(dir, 'test_32x32.mat')), 3, 100);
    const { train, test, description } = await openDataset({ data: dir, resourcesDir });
    expect(train).toMatchObject({ count: 5, height: 32, width: 32, channels: 3 });
    expect(test.count).toBe(3);
    expect([...train.labels]).toEqual([1, 4, 7, 0, 3]);
    expect(description).toMatchObject({ id: dir, classes: datasetRegistry['svhn']!.classes, trainCount: 5 });
  });

  it.each(['float64', 'float32', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'plain'])(
    'X as %s after variables of every other kind',
    async (type) => {
      expectSame(await read(join(fixtures, 'types', `${type}.mat`)), 2, 7);
    },
  );

  it('tells what else is in the file', async () => {
    const found: string[] = [];
    for await (const { name, className, dims } of matArrays(
      await openDataFile(join(fixtures, 'types', 'float64.mat')),
    )) {
      found.push(`${name} ${className} ${dims.join('x')}`);
    }
    expect(found).toEqual([
      'note char 1x4',
      'y double 2x1',
      'cells cell 1x2',
      'fields struct 1x1',
      'rare sparse 3x3',
      'waves double 1x2',
      'a_name_longer_than_four uint8 1x2',
      'X double 32x32x3x2',
    ]);
  });
});

describe('SVHN in other forms of the format', () => {
  it.each([
    ['big-endian', false, (inner: Buffer) => inner],
    ['big-endian, compressed', false, (inner: Buffer) => compressed(inner, false)],
    ['little-endian, compressed', true, (inner: Buffer) => compressed(inner)],
  ])('%s', async (_name, little, pack) => {
    const file = matFile(
      svhnVariables(4, 2).map((variable) => pack(matrix(variable, little))),
      little,
    );
    expectSame(await readBytes(file), 4, 2);
  });

  it('one image, whose last dimension may be left out', async () => {
    const [x, y] = svhnVariables(1, 9);
    expectSame(await readBytes(matFile([matrix({ ...x, dims: [32, 32, 3] }), matrix(y)])), 1, 9);
  });

  it('a bomb in a variable that nobody wants is not decompressed', async () => {
    const [x, y] = svhnVariables(1);
    const zeros = { name: 'zeros', dims: [1, 2 ** 26], data: new Uint8Array(2 ** 26) };
    const broken = compressed(matrix(zeros));
    // Its end is damaged, which only decompressing all of it would tell.
    broken[broken.length - 1]! ^= 0xff;
    expectSame(await readBytes(matFile([broken, compressed(matrix(x)), matrix(y)])), 1, 0);
  });
});

describe('SVHN that is not sound', () => {
  const [x, y] = svhnVariables(3);
  const sound = (): Buffer => matFile([matrix(x), matrix(y)]);
  const packed = (): Buffer => matFile([compressed(matrix(x)), compressed(matrix(y))]);
  const withX = (change: Partial<MatVariable>): Buffer => matFile([matrix({ ...x, ...change }), matrix(y)]);
  const withY = (change: Partial<MatVariable>): Buffer => matFile([matrix(x), matrix({ ...y, ...change })]);
  const at = (bytes: Buffer, where: number, value: number): Buffer => {
    bytes.writeUInt32LE(value, where);
    return bytes;
  };

  it.each<[string, string, () => Uint8Array, string]>([
    ['mat-no', 'an empty file', () => new Uint8Array(0), '0 bytes'],
    ['mat-no', 'text', () => Buffer.alloc(500, 'no data '), 'MATLAB version 5'],
    ['mat-version', 'version 4', () => Buffer.concat([Buffer.from([50, 0, 0, 0]), Buffer.alloc(200)]), '4'],
    ['mat-version', 'version 7.3', () => matHeader(true, 0x0200), '7.3'],
    ['mat-version', 'version 9', () => matHeader(true, 0x0900), '0x0900'],
    [
      'mat-version',
      'HDF5',
      () => Buffer.concat([Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), matHeader()]),
      'HDF5',
    ],
    ['mat-truncated', 'a file cut in X', () => sound().subarray(0, 5000), 'left of the file'],
    ['mat-truncated', 'a file cut in y', () => sound().subarray(0, -9), 'left of the file'],
    ['mat-truncated', 'a compressed file cut', () => packed().subarray(0, -9), 'left of the file'],
    ['mat-truncated', 'some bytes behind', () => Buffer.concat([sound(), Buffer.from('abc')]), 'incomplete'],
    ['mat-truncated', 'an enormous element', () => at(sound(), 132, 0xffff_fff0), '4294967280'],
    ['mat-truncated', 'a matrix shorter than its numbers', () => at(sound(), 132, 64), 'left of a variable'],
    ['mat-bad', 'other bytes than X', () => withX({ data: x.data.subarray(8) }), '9208 bytes of miUINT8'],
    ['mat-bad', 'a size that is no size', () => withX({ dims: [32, 32, 3, -3] }), '32 × 32 × 3 × -3'],
    ['mat-bad', 'numbers of an unknown type', () => withX({ type: 77 }), 'the type 77'],
    ['mat-bad', 'an element that is no variable', () => matFile([element(2, x.data)]), 'type 2'],
    ['mat-bad', 'a variable without flags', () => matFile([element(14, element(5, y.data))]), 'flags'],
    ['mat-bad', 'a small element too large', () => at(sound(), 128, 0x0005_000e), 'small element of 5'],
    ['mat-compressed', 'bytes that are no zlib', () => matFile([element(15, Buffer.alloc(16, 7))]), 'zlib'],
    [
      'mat-compressed',
      'a damaged checksum',
      () => {
        const bytes = packed();
        const end = bytes.length - compressed(matrix(y)).length;
        bytes[end - 1]! ^= 1;
        return bytes;
      },
      'zlib',
    ],
    [
      'mat-truncated',
      'compressed half',
      () => matFile([element(15, deflateSync(matrix(x).subarray(0, 4000)))]),
      '',
    ],
    [
      'mat-too-long',
      'two variables in one compressed element',
      () => matFile([compressed(Buffer.concat([matrix(x), matrix(y)]))]),
      'goes on after X',
    ],
    ['mat-bad', 'compressed numbers', () => matFile([compressed(element(2, x.data))]), 'type 2'],
    [
      'mat-truncated',
      'a claim that its compressed bytes cannot keep',
      () => matFile([compressed(at(matrix(y), 4, 0x4000_0000))]),
      'what its bytes can hold',
    ],
    ['mat-class', 'cells', () => withX({ arrayClass: 1 }), 'class cell'],
    ['mat-class', 'characters', () => withY({ arrayClass: 4 }), 'class char'],
    ['mat-class', 'complex numbers', () => withX({ flags: 0x0800 }), 'complex'],
    ['svhn-variable', 'no X', () => matFile([matrix(y)]), 'variable X'],
    ['svhn-variable', 'no y', () => matFile([matrix(x), matrix({ ...y, name: 'Y' })]), 'variable y'],
    ['svhn-variable', 'nothing', () => matHeader(), 'variable X'],
    ['svhn-variable', 'y twice', () => matFile([matrix(x), matrix(y), matrix(y)]), 'more than once'],
    ['svhn-shape', 'other axes', () => withX({ dims: [3, 32, 32, 3] }), '3 × 32 × 32 × 3'],
    ['svhn-shape', 'gray images', () => withX({ dims: [32, 32, 9] }), '32 × 32 × 9'],
    ['svhn-shape', 'no images', () => withX({ dims: [32, 32, 3, 0], data: new Uint8Array(0) }), '3 × 0'],
    ['svhn-shape', 'too many', () => withX({ dims: [32, 32, 3, 400_000] }), 'at most'],
    ['svhn-shape', 'labels in a square', () => withY({ dims: [3, 3] }), '3 × 3'],
    ['svhn-label', 'the label 11', () => withY({ data: Uint8Array.of(1, 11, 2) }), '11 in record 1'],
    ['svhn-label', 'the label 0', () => withY({ data: Uint8Array.of(1, 2, 0) }), '0 in record 2'],
    [
      'svhn-label',
      'half a label',
      () => withY({ arrayClass: 7, type: 7, data: new Uint8Array(Float32Array.of(1, 2.5, 3).buffer) }),
      '2.5 in record 1',
    ],
    [
      'svhn-pixel',
      'a pixel of -1',
      () => withX({ arrayClass: 8, type: 1, data: x.data.with(3072, 255) }),
      'image',
    ],
    [
      'dataset-counts',
      'fewer labels',
      () => withY({ dims: [2, 1], data: Uint8Array.of(1, 2) }),
      '3 images, but 2',
    ],
  ])('%s: %s', async (code, _name, bytes, words) => {
    const problem = await problemOf(() => readBytes(bytes()));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain('train_32x32.mat');
    expect(problem.message).toContain(words);
    expect(problem.fix).toBeTruthy();
  });
});

describe('SVHN as a folder', () => {
  it('needs both files', async () => {
    const dir = await folderOf({
      'test_32x32.mat': await readFile(join(fixtures, 'plain', 'test_32x32.mat')),
    });
    const problem = await problemOf(() => openDataset({ data: dir, resourcesDir }));
    expect(problem).toMatchObject({ code: 'dataset-file-missing', path: dir });
    expect(problem.message).toContain('train_32x32.mat');
  });

  it('says where its files belong when they are not here', async () => {
    const problem = await problemOf(() => openDataset({ data: 'svhn', resourcesDir }));
    expect(problem.code).toBe('dataset-not-here');
    expect(problem.fix).toContain('data/svhn');
  });

  it('is a problem when a folder has the name of a file', async () => {
    const dir = await temporaryFolder();
    await mkdir(join(dir, 'train_32x32.mat'));
    await writeFile(join(dir, 'test_32x32.mat'), matHeader());
    const problem = await problemOf(() => openDataset({ data: dir, resourcesDir }));
    expect(problem.code).toBe('file-unreadable');
  });
});
