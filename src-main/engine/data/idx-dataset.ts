import { USUAL_SIDE, type DatasetDescription } from '@shared/datasets/dataset-description';
import { fashionMnist, kmnist } from '@shared/datasets/mnist-relatives';
import { StudioError } from '@shared/problem';
import type { Dataset } from './dataset';
import { describeSet, knownOrOwn } from './describe-set';
import { emnistDataset, emnistSplit } from './emnist';
import { firstEmptyClass } from './every-class';
import { readIdxFolder, type IdxFolder } from './idx-folder';
import { checkLabels } from './idx-split';
import { firstDifference, mnistChecksums, mnistDataset } from './mnist';

/** Sets whose files are named as those of MNIST are: they are told by what they hold. */
const NAMESAKES = [fashionMnist, kmnist];

function refuse(code: string, dir: string, message: string, fix: string): never {
  throw new StudioError({ code, message: `${dir}: ${message}`, fix, path: dir });
}

function checkSize(dir: string, { train }: IdxFolder): void {
  if (train.height <= USUAL_SIDE && train.width <= USUAL_SIDE) return;
  const found = `images of ${train.height}×${train.width} pixels; at most ${USUAL_SIDE}×${USUAL_SIDE} are read.`;
  refuse('dataset-image-size', dir, found, 'Scale the images down first.');
}

/** Describes a set that comes without a description: as many classes as its largest training label demands. */
function describe(dir: string, { paths, train, test }: IdxFolder): DatasetDescription {
  const classes = train.labels.reduce((most, label) => Math.max(most, label), 0) + 1;
  if (classes < 2) {
    const found = 'all training images have the label 0.';
    refuse('dataset-classes', dir, found, 'A data set needs two classes or more.');
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

/** Labels of an own set say nothing of its classes: a known one has their names. */
function namesakeOrOwn(own: DatasetDescription): DatasetDescription {
  const isKnown = (known: DatasetDescription): boolean =>
    own.classes.length === known.classes.length &&
    knownOrOwn({ ...own, classes: known.classes }, known) === known;
  return NAMESAKES.find(isKnown) ?? own;
}

/**
 * Opens a folder with four IDX files. Genuine MNIST is recognised by its checksums and is MNIST; Fashion-MNIST and
 * Kuzushiji-MNIST by their statistics; a split of EMNIST by the names of its files. Any other set of gray images up to 32 x 32
 * is described by what it holds: as many classes as its largest training label demands.
 *
 * @throws StudioError dataset-image-size, dataset-classes, dataset-class-empty, dataset-blank, dataset-label, and those of
 *   readIdxFolder.
 */
export async function openIdxFolder(dir: string, resourcesDir: string): Promise<Dataset> {
  const genuine = await mnistChecksums(resourcesDir);
  const folder = await readIdxFolder(dir);
  if (!firstDifference(folder, genuine)) return mnistDataset(folder);
  checkSize(dir, folder);
  const split = emnistSplit(folder.paths);
  if (split !== undefined) return emnistDataset(dir, folder, split);
  const description = namesakeOrOwn(describe(dir, folder));
  checkLabels(folder.test, description.classes.length, folder.paths['t10k-labels-idx1-ubyte']);
  return { description, train: folder.train, test: folder.test, checksums: folder.checksums };
}
