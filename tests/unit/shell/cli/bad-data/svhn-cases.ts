import {
  compressed,
  matFile,
  matHeader,
  matrix,
  svhnVariables,
  type MatVariable,
} from '../../../engine/data/mat-fixture';
import { changed, cut, withByte, WEB_PAGE, type BadCase, type Demand, type Files } from './bad-case';

const TRAIN = 'train_32x32.mat';
const TEST = 'test_32x32.mat';

/** A network for SVHN. */
export const svhnDemand: Demand = { height: 32, width: 32, color: 'rgb', classes: 10 };

function written(variables: readonly MatVariable[], packed: boolean): Uint8Array {
  return matFile(variables.map((variable) => (packed ? compressed(matrix(variable)) : matrix(variable))));
}

/** An image of every digit, and two tests. */
export function svhnFiles(packed: boolean): Files {
  return { [TRAIN]: written(svhnVariables(10), packed), [TEST]: written(svhnVariables(2), packed) };
}

type Fault = [name: string, files: Files, says: string[], demand?: Partial<Demand>];

function faults(packed: boolean): Fault[] {
  const good = svhnFiles(packed);
  const [X, y] = svhnVariables(10);
  const whole = good[TRAIN]!;
  const withTrain = (bytes: Uint8Array | null | undefined): Files => changed(good, { [TRAIN]: bytes });
  const of = (...variables: MatVariable[]): Files => withTrain(written(variables, packed));
  const labelled = (at: number, label: number): Files => of(X, { ...y, data: withByte(y.data, at, label) });
  const doubles = new Uint8Array(new Float64Array(10).fill(1).fill(1.5, 4, 5).buffer);
  return [
    ['truncated', withTrain(cut(whole, 200)), [TRAIN, 'is incomplete']],
    ['an empty file', withTrain(new Uint8Array()), [TRAIN, 'has 0 bytes']],
    ['a header alone', withTrain(matHeader()), [TRAIN, 'has no variable X']],
    ['a web page', withTrain(WEB_PAGE), [TRAIN, 'does not begin as a file of MATLAB']],
    ['a file of version 7.3', withTrain(matHeader(true, 0x0200)), [TRAIN, 'MATLAB 7.3']],
    ['a folder in its place', withTrain(null), [TRAIN, 'is not a file']],
    ['a file missing', withTrain(undefined), [`has no file ${TRAIN}`]],
    ['no images', of(y), [TRAIN, 'has no variable X']],
    ['no labels', of(X), [TRAIN, 'has no variable y']],
    ['images twice', of(X, X, y), [TRAIN, 'the variable X more than once']],
    [
      'images of another size',
      of({ ...X, dims: [30, 32, 3, 10], data: X.data.subarray(0, 28800) }, y),
      [TRAIN, '30 × 32 × 3 × 10'],
    ],
    [
      'numbers fewer than it says',
      of({ ...X, dims: [32, 32, 3, 11] }, y),
      [TRAIN, 'variable X of 32 × 32 × 3 × 11'],
    ],
    ['text in place of images', of({ ...X, arrayClass: 4 }, y), [TRAIN, 'X']],
    [
      'fewer labels than images',
      of(X, { ...y, dims: [9, 1], data: y.data.subarray(0, 9) }),
      [TRAIN, '10 images, but 9 labels'],
    ],
    ['a label of no digit', labelled(3, 11), [TRAIN, 'the label 11 in record 3']],
    [
      'a label that is no whole number',
      of(X, { ...y, arrayClass: 6, type: 9, data: doubles }),
      [TRAIN, 'the label 1.5 in record 4'],
    ],
    ['a class without images', labelled(0, 2), ['no training image is of class 1 (1)']],
    ['a network of 100 classes', good, ['tells 100 classes apart', 'has 10'], { classes: 100 }],
    ['a gray network', good, ['expects gray images'], { color: 'gray' }],
  ];
}

/** Faults of SVHN, with plain and with compressed variables. */
export function svhnCases(): BadCase[] {
  const content = [false, true].flatMap((packed) =>
    faults(packed).map(([name, files, says, demand]) => ({
      name: `SVHN ${packed ? 'compressed' : 'plain'}: ${name}`,
      files,
      demand: { ...svhnDemand, ...demand },
      says,
    })),
  );
  const good = svhnFiles(true);
  const whole = good[TRAIN]!;
  const damaged = changed(good, { [TRAIN]: withByte(whole, 600, whole[600]! ^ 0xff) });
  return [
    ...content,
    {
      name: 'SVHN: damaged deflate',
      files: damaged,
      demand: svhnDemand,
      says: [TRAIN, 'compressed variable'],
    },
  ];
}
