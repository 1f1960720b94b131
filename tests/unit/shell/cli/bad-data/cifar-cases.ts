import { gzipSync } from 'node:zlib';
import { tarOf } from '../../../engine/data/tar-fixture';
import { changed, cut, withByte, WEB_PAGE, type BadCase, type Demand, type Files } from './bad-case';

const RECORD_10 = 3073;
const RECORD_100 = 3074;
const ARCHIVE = 'cifar.tar.gz';

/** Records with these labels in front of pixels that differ. */
function records(labels: readonly (readonly number[])[]): Uint8Array {
  const size = labels[0]!.length + 3072;
  const bytes = Uint8Array.from({ length: labels.length * size }, (_, at) => (at * 7) % 251);
  for (const [index, label] of labels.entries()) bytes.set(label, index * size);
  return bytes;
}

const lines = (words: readonly string[]): Uint8Array => new TextEncoder().encode(words.join('\n'));

/** CIFAR-10 with one image of each class; CIFAR-100 as well. */
export const cifarSets = {
  'CIFAR-10': {
    demand: { height: 32, width: 32, color: 'rgb', classes: 10 } as Demand,
    files: {
      ...Object.fromEntries(
        [0, 1, 2, 3, 4].map((batch) => [
          `data_batch_${batch + 1}.bin`,
          records([[2 * batch], [2 * batch + 1]]),
        ]),
      ),
      'test_batch.bin': records([[3], [8]]),
      'batches.meta.txt': lines('a b c d e f g h i j'.split(' ')),
    } as Files,
  },
  'CIFAR-100': {
    demand: { height: 32, width: 32, color: 'rgb', classes: 100 } as Demand,
    files: {
      'train.bin': records(Array.from({ length: 100 }, (_, label) => [label % 20, label])),
      'test.bin': records([[0, 99]]),
    } as Files,
  },
};

/** The files as a folder, or as the archive that they come in. */
export function packedCifar(files: Files, archive: boolean): Files {
  if (!archive) return files;
  const entries = Object.entries(files) as [string, Uint8Array][];
  return { [ARCHIVE]: gzipSync(tarOf('cifar', entries), { level: 1 }) };
}

type Fault = [name: string, files: Files, says: string[], demand?: Partial<Demand>];

function faults10(): Fault[] {
  const { files } = cifarSets['CIFAR-10'];
  const batch = files['data_batch_2.bin']!;
  const change = (changes: Parameters<typeof changed>[1]): Fault[1] => changed(files, changes);
  const name = 'data_batch_2.bin';
  return [
    ['truncated', change({ [name]: cut(batch, 100) }), [name, 'not a multiple of the 3073']],
    ['an empty file', change({ [name]: new Uint8Array() }), [name, 'has 0 bytes']],
    ['a web page', change({ [name]: WEB_PAGE }), [name, 'not a multiple of the 3073']],
    ['a file of CIFAR-100', change({ [name]: records([[1, 2]]) }), [name, `has ${RECORD_100} bytes`]],
    [
      'a wrong label',
      change({ [name]: withByte(batch, RECORD_10, 10) }),
      [name, 'the label 10 in record 1', '0 to 9'],
    ],
    [
      'a class without images',
      change({ [name]: withByte(batch, 0, 3) }),
      ['no training image is of class 2 (c)'],
    ],
    ['a file missing', change({ [name]: undefined }), [`has no file ${name}`]],
    ['the tests missing', change({ 'test_batch.bin': undefined }), ['has no file test_batch.bin']],
    [
      'names of other classes',
      change({ 'batches.meta.txt': lines(['a', 'b']) }),
      ['batches.meta.txt', 'names 2 classes'],
    ],
    ['a network of 100 classes', files, ['tells 100 classes apart', 'has 10'], { classes: 100 }],
    ['a gray network', files, ['expects gray images'], { color: 'gray' }],
    ['a network too small', files, ['too small for the 32×32'], { height: 28, width: 28 }],
  ];
}

function faults100(): Fault[] {
  const { files } = cifarSets['CIFAR-100'];
  const train = files['train.bin']!;
  const change = (changes: Parameters<typeof changed>[1]): Fault[1] => changed(files, changes);
  return [
    ['truncated', change({ 'train.bin': cut(train, 1) }), ['train.bin', 'not a multiple of the 3074']],
    [
      'a wrong label',
      change({ 'train.bin': withByte(train, 5 * RECORD_100 + 1, 100) }),
      ['train.bin', 'label 100 in record 5'],
    ],
    [
      'a class without images',
      change({ 'train.bin': cut(train, RECORD_100) }),
      ['no training image is of class 99 (worm)'],
    ],
    ['the tests missing', change({ 'test.bin': undefined }), ['has no file test.bin']],
    ['a network of 10 classes', files, ['tells 10 classes apart', 'has 100'], { classes: 10 }],
  ];
}

/** What can be wrong with an archive as such. */
function archiveFaults(): [string, Uint8Array | null, string[]][] {
  const entries = Object.entries(cifarSets['CIFAR-10'].files) as [string, Uint8Array][];
  const tar = tarOf('cifar', entries);
  const whole = gzipSync(tar, { level: 1 });
  return [
    ['truncated', cut(whole, 500), ['is not sound gzip']],
    ['no gzip', WEB_PAGE, ['is not sound gzip']],
    ['no tar', gzipSync(WEB_PAGE), [ARCHIVE]],
    ['tar that ends within a file', gzipSync(tar.subarray(0, 5000)), ['more bytes must follow']],
    ['a damaged header', gzipSync(withByte(tar, 513, 0x7a)), ['checksum']],
    [
      'files of something else',
      gzipSync(tarOf('other', [['readme.txt', WEB_PAGE]])),
      ['holds no file of CIFAR'],
    ],
    ['a folder in its place', null, ['is not a file']],
  ];
}

/** Faults of CIFAR-10 and CIFAR-100, as folders and archives. */
export function cifarCases(): BadCase[] {
  const content = Object.entries({ 'CIFAR-10': faults10(), 'CIFAR-100': faults100() }).flatMap(
    ([set, faults]) =>
      [false, true].flatMap((archive) =>
        faults.map(([name, files, says, demand]) => ({
          name: `${set} ${archive ? 'archive' : 'folder'}: ${name}`,
          files: packedCifar(files, archive),
          ...(archive && { place: ARCHIVE }),
          demand: { ...cifarSets[set as keyof typeof cifarSets].demand, ...demand },
          says,
        })),
      ),
  );
  const archives = archiveFaults().map(([name, bytes, says]) => ({
    name: `CIFAR archive: ${name}`,
    files: { [ARCHIVE]: bytes },
    place: ARCHIVE,
    demand: cifarSets['CIFAR-10'].demand,
    says: [ARCHIVE, ...says],
  }));
  return [...content, ...archives];
}
