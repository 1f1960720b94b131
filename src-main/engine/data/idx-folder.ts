import { StudioError } from '@shared/problem';
import { findIdxFiles, type IdxPaths, type IdxRole } from './idx-names';
import { readIdxSplit } from './idx-split';
import type { Split } from './split';

/** A data set as four IDX files, decoded. */
export interface IdxFolder {
  readonly paths: IdxPaths;
  readonly train: Split;
  readonly test: Split;
  /** SHA-256 of what each file holds after decompression, by its usual name without .gz. */
  readonly checksums: Readonly<Record<IdxRole, string>>;
}

/**
 * Reads the four IDX files of a folder. Labels are not checked against classes here.
 *
 * @throws StudioError dataset-sizes when training and test images differ in size, and those of findIdxFiles and
 *   readIdxSplit.
 */
export async function readIdxFolder(dir: string): Promise<IdxFolder> {
  const paths = await findIdxFiles(dir);
  const train = await readIdxSplit(paths['train-images-idx3-ubyte'], paths['train-labels-idx1-ubyte']);
  const test = await readIdxSplit(paths['t10k-images-idx3-ubyte'], paths['t10k-labels-idx1-ubyte']);
  if (train.split.height !== test.split.height || train.split.width !== test.split.width) {
    const size = ({ split }: { split: Split }): string => `${split.height}×${split.width}`;
    throw new StudioError({
      code: 'dataset-sizes',
      message: `${dir}: training images are ${size(train)} pixels, test images ${size(test)}.`,
      fix: 'Use training and test images of one and the same set.',
      path: dir,
    });
  }
  return {
    paths,
    train: train.split,
    test: test.split,
    checksums: {
      'train-images-idx3-ubyte': train.imagesSha256,
      'train-labels-idx1-ubyte': train.labelsSha256,
      't10k-images-idx3-ubyte': test.imagesSha256,
      't10k-labels-idx1-ubyte': test.labelsSha256,
    },
  };
}
