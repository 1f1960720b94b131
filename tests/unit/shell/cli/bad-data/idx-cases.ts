import { gzipSync } from 'node:zlib';
import { idxBytes, smallSet } from '../../../engine/data/idx-fixture';
import { changed, cut, withByte, WEB_PAGE, type BadCase, type Demand, type Files } from './bad-case';

const IMAGES = 'train-images-idx3-ubyte';
const LABELS = 'train-labels-idx1-ubyte';
const TEST_IMAGES = 't10k-images-idx3-ubyte';
const TEST_LABELS = 't10k-labels-idx1-ubyte';

/** A network for smallSet. */
export const idxDemand: Demand = { height: 8, width: 8, color: 'gray', classes: 3 };

/** The four files as they are, or gzipped under the names that such files have. */
function packed(files: Files, zipped: boolean): Files {
  if (!zipped) return files;
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [`${name}.gz`, bytes && gzipSync(bytes)]),
  );
}

/** What can be wrong whether the files are gzipped or not. */
function contentFaults(): [string, Files, string[], Partial<Demand>?][] {
  const good = smallSet();
  const images = good[IMAGES]!;
  const labels = good[LABELS]!;
  const change = (changes: Parameters<typeof changed>[1]): Files => changed(good, changes);
  const large = (count: number): Uint8Array =>
    idxBytes(
      [count, 33, 2],
      Uint8Array.from({ length: count * 66 }, (_, at) => at),
    );
  return [
    ['truncated images', change({ [IMAGES]: cut(images, 1) }), [IMAGES, 'ends after 159 bytes']],
    [
      'truncated labels',
      change({ [TEST_LABELS]: cut(good[TEST_LABELS]!, 2) }),
      [TEST_LABELS, 'ends after 9 bytes'],
    ],
    ['cut within the header', change({ [LABELS]: labels.subarray(0, 6) }), [LABELS, 'inside its header']],
    ['an empty file', change({ [IMAGES]: new Uint8Array() }), [IMAGES, 'ends after 0 bytes']],
    ['bytes too many', change({ [LABELS]: Uint8Array.of(...labels, 0) }), [LABELS, 'goes on after 14 bytes']],
    ['a web page in its place', change({ [IMAGES]: WEB_PAGE }), [IMAGES, 'starts with 0x3c21444f']],
    [
      'images and labels exchanged',
      change({ [IMAGES]: labels, [LABELS]: images }),
      [IMAGES, 'has 1 dimensions'],
    ],
    [
      'numbers that are no bytes',
      change({ [IMAGES]: withByte(images, 2, 0x0d) }),
      [IMAGES, 'holds 32-bit floats'],
    ],
    ['no image', change({ [IMAGES]: idxBytes([0, 4, 6], []) }), [IMAGES, '0 × 4 × 6']],
    ['a size past all memory', change({ [IMAGES]: withByte(images, 4, 0xff) }), [IMAGES, 'can be read']],
    [
      'more images than labels',
      change({ [LABELS]: idxBytes([4], [0, 1, 2, 0]) }),
      [LABELS, '6 images', '4 labels'],
    ],
    [
      'test images of another size',
      change({ [TEST_IMAGES]: idxBytes([3, 6, 4], new Uint8Array(72)) }),
      ['test images 6×4'],
    ],
    [
      'a wrong label in the tests',
      change({ [TEST_LABELS]: idxBytes([3], [2, 7, 0]) }),
      [TEST_LABELS, 'record 1 has the label 7'],
    ],
    [
      'a wrong label in training',
      change({ [LABELS]: withByte(labels, 10, 200) }),
      [LABELS, 'record 2 has the label 200', 'no record has 3'],
    ],
    [
      'a class without images',
      change({ [LABELS]: idxBytes([6], [0, 1, 3, 0, 1, 3]) }),
      [LABELS, 'no record has 2'],
    ],
    ['labels from 1', change({ [LABELS]: idxBytes([6], [1, 2, 3, 1, 2, 3]) }), [LABELS, 'no record has 0']],
    ['one class', change({ [LABELS]: idxBytes([6], [0, 0, 0, 0, 0, 0]) }), ['have the label 0']],
    [
      'blank images',
      change({ [IMAGES]: idxBytes([6, 4, 6], new Uint8Array(144)) }),
      ['all pixels', 'are equal'],
    ],
    [
      'images too large',
      change({ [IMAGES]: large(6), [TEST_IMAGES]: large(3) }),
      ['33×2 pixels; at most 32×32'],
    ],
    ['a file missing', change({ [TEST_LABELS]: undefined }), [`has no file ${TEST_LABELS}`]],
    ['a file twice', change({ [`kmnist-${LABELS}`]: labels }), ['more than one file', `kmnist-${LABELS}`]],
    ['a network of 10 classes', good, ['tells 10 classes apart', 'has 3'], { classes: 10 }],
    ['a network for colour', good, ['expects RGB images'], { color: 'rgb' }],
    ['a network too small', good, ['3×5 pixels, too small for the 4×6'], { height: 3, width: 5 }],
  ];
}

/** What can be wrong with the packing alone. */
function gzipFaults(): [string, Files, string[]][] {
  const good = packed(smallSet(), true);
  const zipped = good[`${IMAGES}.gz`]!;
  const change = (bytes: Uint8Array): Files => changed(good, { [`${IMAGES}.gz`]: bytes });
  const name = `${IMAGES}.gz`;
  return [
    ['truncated gzip', change(cut(zipped, 12)), [name, 'is not sound gzip']],
    [
      'a wrong checksum',
      change(withByte(zipped, zipped.length - 8, zipped.at(-8)! ^ 1)),
      [name, 'is not sound gzip'],
    ],
    ['something behind the gzip', change(Uint8Array.of(...zipped, 1, 2, 3)), [name, 'is not sound gzip']],
    ['a web page named .gz', change(WEB_PAGE), [name, 'starts with 0x3c21444f']],
    ['gzip of gzip', change(gzipSync(zipped)), [name, 'starts with 0x1f8b0800']],
  ];
}

/** Faults of files that are named as those of a split of EMNIST. */
function emnistCases(): BadCase[] {
  const names = (files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`emnist-letters-${name}`, bytes]));
  const demand = { ...idxDemand, classes: 26 };
  const labels = idxBytes([6], [1, 2, 3, 4, 5, 6]);
  const few = changed(smallSet(), { [LABELS]: labels, [TEST_LABELS]: idxBytes([3], [1, 2, 3]) });
  const says = [`emnist-letters-${LABELS}`, 'record 0 has the label 0', '1 to 26'];
  return [
    { name: 'EMNIST letters: a label of no letter', files: names(smallSet()), demand, says },
    {
      name: 'EMNIST letters: classes without images',
      files: names(few),
      demand,
      says: ['no training image is of class 6 (G)'],
    },
  ];
}

/** Faults of a folder of IDX files, plain and gzipped. */
export function idxCases(): BadCase[] {
  const content = [false, true].flatMap((zipped) =>
    contentFaults().map(([name, files, says, demand]) => ({
      name: `IDX ${zipped ? 'gzipped' : 'plain'}: ${name}`,
      files: packed(files, zipped),
      demand: { ...idxDemand, ...demand },
      says,
    })),
  );
  const packing = gzipFaults().map(([name, files, says]) => ({
    name: `IDX: ${name}`,
    files,
    demand: idxDemand,
    says,
  }));
  const folder = { ...smallSet(), [LABELS]: null };
  return [
    ...content,
    ...packing,
    ...emnistCases(),
    { name: 'IDX: a folder in its place', files: folder, demand: idxDemand, says: [LABELS, 'is not a file'] },
  ];
}
