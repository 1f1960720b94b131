import { createHash } from 'node:crypto';
import { StudioError } from '@shared/problem';
import { checkRoom, hashed, MAX_DATA_BYTES, type DataFile } from './data-file';
import type { MatArray } from './mat-array';
import { matArrays } from './mat-file';
import { CHANNELS, IMAGE_BYTES, SIDE } from './planar-images';

/** The images of one file of SVHN. */
export interface SvhnPart {
  readonly count: number;
  /** [count, 32, 32, 3] */
  readonly images: Uint8Array;
  /** [count], the digits. */
  readonly labels: Uint8Array;
  /** Of the file as it lies on disk. */
  readonly sha256: string;
}

/** The label of the digit 0; the other digits are their own labels. */
const LABEL_OF_ZERO = 10;

/** For each byte of an image as stored, with y running fastest, then x, then the channel, its place in [y, x, channel]. */
const PLACES = Uint16Array.from({ length: IMAGE_BYTES }, (_, at) => {
  const y = at % SIDE;
  const x = Math.floor(at / SIDE) % SIDE;
  return (y * SIDE + x) * CHANNELS + Math.floor(at / (SIDE * SIDE));
});

function refuse(code: string, path: string, message: string): never {
  const fix = 'Give the files of SVHN with cropped digits ("Format 2"): train_32x32.mat and test_32x32.mat.';
  throw new StudioError({ code, message: `${path} ${message}`, fix, path });
}

/** Reads X, [32, 32, 3, count] column by column, as images row by row. */
async function readImages(array: MatArray, path: string): Promise<Uint8Array> {
  const [height, width, channels, count = 1, ...more] = array.dims;
  const shape = array.dims.join(' × ');
  if (height !== SIDE || width !== SIDE || channels !== CHANNELS || more.length > 0 || count === 0) {
    refuse(
      'svhn-shape',
      path,
      `has X of ${shape} numbers, expected ${SIDE} × ${SIDE} × ${CHANNELS} × images.`,
    );
  }
  if (array.count > MAX_DATA_BYTES) {
    refuse('svhn-shape', path, `has X of ${shape} numbers; at most ${MAX_DATA_BYTES} can be read.`);
  }
  checkRoom(path, array.count);
  let images: Uint8Array | null = null;
  let image = 0;
  let at = 0;
  for await (const values of array.values()) {
    // Not before the first values are there: then the claim of the size was found to agree with the file.
    images ??= new Uint8Array(array.count);
    for (let index = 0; index < values.length; index++) {
      const value = values[index]!;
      if ((value & 0xff) !== value)
        refuse('svhn-pixel', path, `has the pixel ${value} in image ${image / IMAGE_BYTES} (from 0).`);
      images[image + PLACES[at]!] = value;
      if (++at === IMAGE_BYTES) {
        at = 0;
        image += IMAGE_BYTES;
      }
    }
  }
  return images!;
}

/** Reads y, [count, 1], as digits. */
async function readLabels(array: MatArray, path: string): Promise<Uint8Array> {
  if (array.dims.length !== 2 || !array.dims.includes(1) || array.count > MAX_DATA_BYTES / IMAGE_BYTES) {
    refuse('svhn-shape', path, `has y of ${array.dims.join(' × ')} numbers, expected one for each image.`);
  }
  const labels: number[] = [];
  for await (const values of array.values()) {
    for (let index = 0; index < values.length; index++) {
      const label = values[index]!;
      if (!Number.isInteger(label) || label < 1 || label > LABEL_OF_ZERO) {
        const record = `${label} in record ${labels.length} (from 0)`;
        refuse(
          'svhn-label',
          path,
          `has the label ${record}; digits have 1 to 9, and 0 has ${LABEL_OF_ZERO}.`,
        );
      }
      labels.push(label % LABEL_OF_ZERO);
    }
  }
  return Uint8Array.from(labels);
}

/**
 * Reads a file of SVHN with cropped digits: a MATLAB file of version 5 with X, the images, and y, their labels, in either
 * order. Beside the images it holds in memory only a small piece of the file.
 *
 * @throws StudioError svhn-variable, svhn-shape, svhn-pixel, svhn-label, dataset-counts, dataset-memory, and those of matArrays.
 * Source: http://ufldl.stanford.edu/housenumbers/, "Format 2".
 */
export async function readSvhnFile(file: DataFile): Promise<SvhnPart> {
  const { path } = file;
  const hash = createHash('sha256');
  const found = new Map<string, Uint8Array>();
  for await (const array of matArrays({ ...file, chunks: hashed(file.chunks, hash) })) {
    const { name } = array;
    if (name !== 'X' && name !== 'y') continue;
    if (found.has(name)) refuse('svhn-variable', path, `has the variable ${name} more than once.`);
    found.set(name, await (name === 'X' ? readImages : readLabels)(array, path));
  }
  const images = found.get('X') ?? refuse('svhn-variable', path, 'has no variable X, the images.');
  const labels = found.get('y') ?? refuse('svhn-variable', path, 'has no variable y, the labels.');
  const count = images.length / IMAGE_BYTES;
  if (labels.length !== count) {
    refuse('dataset-counts', path, `holds ${count} images, but ${labels.length} labels.`);
  }
  return { count, images, labels, sha256: hash.digest('hex') };
}
