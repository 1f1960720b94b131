import { join } from 'node:path';
import { datasetRegistry } from '@shared/datasets/registry';
import { StudioError } from '@shared/problem';
import { openDataFile } from './data-file';
import type { Dataset } from './dataset';
import { describeSet, knownOrOwn } from './describe-set';
import { CHANNELS, SIDE } from './planar-images';
import type { Split } from './split';
import { readSvhnFile, type SvhnPart } from './svhn-file';

const TRAIN = 'train_32x32.mat';
const TEST = 'test_32x32.mat';

function split({ count, images, labels }: SvhnPart): Split {
  return { count, height: SIDE, width: SIDE, channels: CHANNELS, images, labels };
}

/** Whether a folder with files of these names holds SVHN. */
export function isSvhnFolder(names: readonly string[]): boolean {
  return names.includes(TRAIN) || names.includes(TEST);
}

/**
 * Opens SVHN as a folder with the two files of its cropped digits. The genuine set is recognised and described by the
 * registry; another one in this form has its classes, the digits.
 *
 * @throws StudioError dataset-file-missing, dataset-blank, and those of readSvhnFile and openDataFile.
 */
export async function openSvhnFolder(dir: string, names: readonly string[]): Promise<Dataset> {
  const missing = [TRAIN, TEST].find((name) => !names.includes(name));
  if (missing !== undefined) {
    throw new StudioError({
      code: 'dataset-file-missing',
      message: `${dir} has no file ${missing}.`,
      fix: `SVHN with cropped digits has ${TRAIN} and ${TEST}.`,
      path: dir,
    });
  }
  const train = await readSvhnFile(await openDataFile(join(dir, TRAIN)));
  const test = await readSvhnFile(await openDataFile(join(dir, TEST)));
  const known = datasetRegistry['svhn']!;
  return {
    description: knownOrOwn(describeSet(dir, split(train), split(test), known.classes), known),
    train: split(train),
    test: split(test),
    checksums: { [TRAIN]: train.sha256, [TEST]: test.sha256 },
  };
}
