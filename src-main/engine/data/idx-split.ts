import { StudioError } from '@shared/problem';
import { readIdxFile } from './idx-file';
import type { Split } from './split';

/** A split read from disk, with the SHA-256 of the content of its two files. */
export interface IdxSplit {
  readonly split: Split;
  readonly imagesSha256: string;
  readonly labelsSha256: string;
}

/**
 * Reads a file of gray images and the file of their labels.
 *
 * @throws StudioError dataset-counts when there are not as many labels as images, and those of readIdxFile.
 */
export async function readIdxSplit(imagesPath: string, labelsPath: string): Promise<IdxSplit> {
  const images = await readIdxFile(imagesPath, 'images');
  const labels = await readIdxFile(labelsPath, 'labels');
  const [count, height, width] = images.dims as [number, number, number];
  if (labels.data.length !== count) {
    throw new StudioError({
      code: 'dataset-counts',
      message: `${imagesPath} holds ${count} images, but ${labelsPath} holds ${labels.data.length} labels.`,
      fix: 'Use the images and labels of one and the same set.',
      path: labelsPath,
    });
  }
  return {
    split: { count, height, width, channels: 1, images: images.data, labels: labels.data },
    imagesSha256: images.sha256,
    labelsSha256: labels.sha256,
  };
}

/**
 * Makes sure that every label names one of `classes` classes.
 *
 * @throws StudioError dataset-label, naming the first record that does not.
 */
export function checkLabels(split: Split, classes: number, labelsPath: string): void {
  const record = split.labels.findIndex((label) => label >= classes);
  if (record < 0) return;
  throw new StudioError({
    code: 'dataset-label',
    message: `${labelsPath}: record ${record} has the label ${split.labels[record]}, but the classes are 0 to ${classes - 1}.`,
    fix: 'Correct or remove the record (records count from 0).',
    path: labelsPath,
  });
}
