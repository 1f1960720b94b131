import { resolve } from 'node:path';
import { checkFits, type DataDemand } from '@shared/datasets/check-fits';
import type { DatasetDescription } from '@shared/datasets/dataset-description';
import { namedDataset } from '@shared/datasets/registry';
import { StudioError } from '@shared/problem';
import { openDataset, type DatasetRef } from './dataset';
import type { ImageFiles } from './images/image-files';
import { isImageFolder } from './images/image-listing';
import { openImageFolder, type ImageWishes } from './images/open-image-folder';
import type { Split } from './split';

/** An opened data set, in memory or in files of its own. Whoever opened it closes it. */
export interface OpenedData {
  readonly description: DatasetDescription;
  readonly train: Split | ImageFiles;
  readonly test: Split | ImageFiles;
  /** SHA-256 by file, or by part of a folder of images: there of names and sizes, and for training of the contents. */
  readonly checksums: Readonly<Record<string, string>>;
  /** Ends whatever reads it. */
  close(): Promise<void>;
}

/** Bytes of decoded images that are kept in memory. */
export function imageBytes(images: Split | ImageFiles): number {
  return 'files' in images ? 0 : images.images.byteLength;
}

/** Which data to open, for which network, and what becomes of images of any size. */
export interface DataWish extends DatasetRef {
  demand: DataDemand;
  images: ImageWishes;
}

/**
 * Opens a data set for a network: folders of images to be read file by file, everything else into memory.
 *
 * @throws StudioError those of openDataset and openImageFolder, and the first reason why the data does not fit the network
 */
export async function openData(wish: DataWish): Promise<OpenedData> {
  const dir = resolve(wish.data);
  if (wish.data !== '' && !namedDataset(wish.data) && (await isImageFolder(dir))) {
    return openImageFolder(dir, wish);
  }
  const dataset = await openDataset(wish);
  const [problem] = checkFits(dataset.description, wish.demand);
  if (problem) throw new StudioError(problem);
  return { ...dataset, close: () => Promise.resolve() };
}
