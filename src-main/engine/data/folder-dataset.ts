import { basename } from 'node:path';
import { USUAL_SIDE, type DatasetDescription } from '@shared/datasets/dataset-description';
import { StudioError } from '@shared/problem';
import { channelStatistics } from './channel-statistics';
import type { Dataset } from './dataset';
import { readIdxFolder, type IdxFolder } from './idx-folder';
import { checkLabels } from './idx-split';
import { firstDifference, mnistChecksums, mnistDataset } from './mnist';

function refuse(code: string, dir: string, message: string, fix: string): never {
  throw new StudioError({ code, message: `${dir}: ${message}`, fix, path: dir });
}

/** Describes a set that comes without a description: classes from the labels, statistics from the pixels. */
function describe(dir: string, { train, test }: IdxFolder): DatasetDescription {
  if (train.height > USUAL_SIDE || train.width > USUAL_SIDE) {
    const found = `images of ${train.height}×${train.width} pixels; at most ${USUAL_SIDE}×${USUAL_SIDE} are read.`;
    refuse('dataset-image-size', dir, found, 'Scale the images down first.');
  }
  const classes = train.labels.reduce((most, label) => Math.max(most, label), 0) + 1;
  if (classes < 2) {
    refuse(
      'dataset-classes',
      dir,
      'all training images have the label 0.',
      'A data set needs two classes or more.',
    );
  }
  const { mean, std } = channelStatistics(train);
  if (std.some((value) => value === 0)) {
    const found = 'all pixels of the training images are equal, so they cannot be normalised.';
    refuse('dataset-blank', dir, found, 'Check how the files were written.');
  }
  return {
    id: dir,
    name: basename(dir) || dir,
    classes: Array.from({ length: classes }, (_, label) => String(label)),
    channels: train.channels,
    height: train.height,
    width: train.width,
    trainCount: train.count,
    testCount: test.count,
    mean,
    std,
    pad: { to: USUAL_SIDE, value: 0 },
    attribution: '',
    license: '',
    source: dir,
  };
}

/**
 * Opens a folder with four IDX files. Genuine MNIST is recognised by its checksums and is MNIST; any other set of
 * gray images up to 32 x 32 is described by what it holds: as many classes as its largest training label demands.
 *
 * @throws StudioError dataset-image-size, dataset-classes, dataset-blank, dataset-label, and those of readIdxFolder.
 */
export async function openFolder(dir: string, resourcesDir: string): Promise<Dataset> {
  const genuine = await mnistChecksums(resourcesDir);
  const folder = await readIdxFolder(dir);
  if (!firstDifference(folder, genuine)) return mnistDataset(folder);
  const description = describe(dir, folder);
  checkLabels(folder.test, description.classes.length, folder.paths['t10k-labels-idx1-ubyte']);
  return { description, train: folder.train, test: folder.test, checksums: folder.checksums };
}
