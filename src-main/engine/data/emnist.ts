import { basename } from 'node:path';
import type { DatasetDescription } from '@shared/datasets/dataset-description';
import { EMNIST_SPLITS, type EmnistSplit } from '@shared/datasets/emnist-splits';
import { namedDataset } from '@shared/datasets/registry';
import { StudioError } from '@shared/problem';
import type { Dataset } from './dataset';
import { describeSet } from './describe-set';
import type { IdxFolder } from './idx-folder';
import { IDX_ROLES, type IdxPaths } from './idx-names';
import type { Split } from './split';

const NAME = /^emnist-([a-z]+)-/i;

/** The split that the four files are named after; undefined when they are no files of EMNIST, or of several splits. */
export function emnistSplit(paths: IdxPaths): string | undefined {
  const names = IDX_ROLES.map((role) => NAME.exec(basename(paths[role]))?.[1]?.toLowerCase());
  const [name] = names;
  return name !== undefined && Object.hasOwn(EMNIST_SPLITS, name) && names.every((other) => other === name)
    ? name
    : undefined;
}

/** Exchanges rows and columns of every image, in place: a large set leaves no room for a second one. */
function upright(split: Split): Split {
  const { count, height, width, images } = split;
  const size = height * width;
  const stored = new Uint8Array(size);
  for (let record = 0; record < count; record++) {
    const image = images.subarray(record * size, (record + 1) * size);
    stored.set(image);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++)
        image[column * height + row] = stored[row * width + column]!;
    }
  }
  return { ...split, height: width, width: height };
}

/** Labels as indices of classes. @throws StudioError dataset-label */
function fromZero(split: Split, { title, classes, firstLabel }: EmnistSplit, labelsPath: string): Split {
  const last = firstLabel + classes.length - 1;
  const wrong = split.labels.findIndex((label) => label < firstLabel || label > last);
  if (wrong >= 0) {
    throw new StudioError({
      code: 'dataset-label',
      message: `${labelsPath}: record ${wrong} has the label ${split.labels[wrong]}, but ${title} has ${firstLabel} to ${last}.`,
      fix: 'Correct or remove the record (records count from 0), or rename the files if they are not of EMNIST.',
      path: labelsPath,
    });
  }
  return { ...split, labels: split.labels.map((label) => label - firstLabel) };
}

/** The known split when there are as many images as it has, with the statistics of its own pixels; else the set as a part of it. */
export function describedEmnist(own: DatasetDescription, name: string): DatasetDescription {
  const known = namedDataset(`emnist-${name}`);
  const same =
    known !== undefined &&
    own.trainCount === known.trainCount &&
    own.testCount === known.testCount &&
    own.height === known.height &&
    own.width === known.width;
  return same ? { ...known, mean: own.mean, std: own.std } : { ...own, name: EMNIST_SPLITS[name]!.title };
}

/**
 * The files of a split of EMNIST as a data set: images upright, labels from 0, classes by their characters. Takes over the
 * pixels of the folder.
 *
 * @throws StudioError dataset-label, dataset-blank
 */
export function emnistDataset(dir: string, folder: IdxFolder, name: string): Dataset {
  const split = EMNIST_SPLITS[name]!;
  const train = upright(fromZero(folder.train, split, folder.paths['train-labels-idx1-ubyte']));
  const test = upright(fromZero(folder.test, split, folder.paths['t10k-labels-idx1-ubyte']));
  const description = describedEmnist(describeSet(dir, train, test, split.classes), name);
  return { description, train, test, checksums: folder.checksums };
}
