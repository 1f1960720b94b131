import { USUAL_SIDE, type DatasetDescription } from '@shared/datasets/dataset-description';
import { StudioError } from '@shared/problem';
import { isCifarFolder, openCifarFolder } from './cifar';
import type { Dataset } from './dataset';
import { describeSet } from './describe-set';
import { firstEmptyClass } from './every-class';
import { readIdxFolder, type IdxFolder } from './idx-folder';
import { listFolder } from './idx-names';
import { checkLabels } from './idx-split';
import { firstDifference, mnistChecksums, mnistDataset } from './mnist';
import { isSvhnFolder, openSvhnFolder } from './svhn';

function refuse(code: string, dir: string, message: string, fix: string): never {
  throw new StudioError({ code, message: `${dir}: ${message}`, fix, path: dir });
}

/** Describes a set that comes without a description: as many classes as its largest training label demands. */
function describe(dir: string, { paths, train, test }: IdxFolder): DatasetDescription {
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
  const empty = firstEmptyClass(train.labels, classes);
  if (empty !== undefined) {
    const largest = `record ${train.labels.indexOf(classes - 1)} has the label ${classes - 1}`;
    const found = `${largest}, but no record has ${empty}: the largest label says how many classes there are.`;
    const fix =
      'Correct or remove the record, or number the classes from 0 without gaps (records count from 0).';
    refuse('dataset-class-empty', paths['train-labels-idx1-ubyte'], found, fix);
  }
  return describeSet(
    dir,
    train,
    test,
    Array.from({ length: classes }, (_, label) => String(label)),
  );
}

/**
 * Opens a folder with four IDX files. Genuine MNIST is recognised by its checksums and is MNIST; any other set of
 * gray images up to 32 x 32 is described by what it holds: as many classes as its largest training label demands.
 *
 * @throws StudioError dataset-image-size, dataset-classes, dataset-class-empty, dataset-blank, dataset-label, and those of
 *   readIdxFolder.
 */
async function openIdxFolder(dir: string, resourcesDir: string): Promise<Dataset> {
  const genuine = await mnistChecksums(resourcesDir);
  const folder = await readIdxFolder(dir);
  if (!firstDifference(folder, genuine)) return mnistDataset(folder);
  const description = describe(dir, folder);
  checkLabels(folder.test, description.classes.length, folder.paths['t10k-labels-idx1-ubyte']);
  return { description, train: folder.train, test: folder.test, checksums: folder.checksums };
}

/**
 * Opens the folder of a data set: CIFAR-10 or CIFAR-100 in their binary version, SVHN with cropped digits, or else four
 * IDX files; told apart by the names of the files.
 *
 * @throws StudioError those of listFolder, openCifarFolder, openSvhnFolder and openIdxFolder.
 */
export async function openFolder(dir: string, resourcesDir: string): Promise<Dataset> {
  const names = await listFolder(dir);
  if (isCifarFolder(names)) return openCifarFolder(dir, names);
  if (isSvhnFolder(names)) return openSvhnFolder(dir, names);
  return openIdxFolder(dir, resourcesDir);
}
