import { resolve, sep } from 'node:path';
import type { DatasetDescription } from '@shared/datasets/dataset-description';
import { datasetDownloads } from '@shared/datasets/downloads';
import { BUNDLED_DATASET, datasetRegistry, namedDataset } from '@shared/datasets/registry';
import { StudioError } from '@shared/problem';
import { openCifarArchive } from './cifar';
import { checkEveryClass } from './every-class';
import { openFolder } from './folder-dataset';
import { openBundledMnist } from './mnist';
import { firstRecords, type Split } from './split';

/** Which data to open and how much of it. */
export interface DatasetRef {
  /** The name of the bundled set, or else the path of a folder or archive of a set ("./mnist" is always a path). */
  data: string;
  /** The studio's resources folder, which holds data/mnist. */
  resourcesDir: string;
  /** At most so many training images, the first ones of the set; undefined or null: all. */
  limitTrain?: number | null;
  /** At most so many test images, the first ones of the set; undefined or null: all. */
  limitTest?: number | null;
  /** A network is to be trained on it: every class needs a training image, and what is in its files is to be known later. */
  forTraining?: boolean;
}

/** A data set in memory. The description speaks of the whole set, the splits hold what was asked for. */
export interface Dataset {
  readonly description: DatasetDescription;
  readonly train: Split;
  readonly test: Split;
  /** SHA-256 of what each file holds (decompressed), by its usual name without .gz; the same for every copy. */
  readonly checksums: Readonly<Record<string, string>>;
}

function checkLimit(name: string, limit: number | null | undefined): number | undefined {
  if (limit === undefined || limit === null) return undefined;
  if (Number.isInteger(limit) && limit >= 1) return limit;
  const message = `${name} is ${limit}, but it is a number of images.`;
  throw new StudioError({
    code: 'dataset-limit',
    message,
    fix: 'Give a whole number from 1 up, or none.',
    field: name,
  });
}

/**
 * How many images of each part are wanted; undefined: all.
 *
 * @throws StudioError dataset-limit
 */
export function wantedImages({ limitTrain, limitTest }: Pick<DatasetRef, 'limitTrain' | 'limitTest'>): {
  train: number | undefined;
  test: number | undefined;
} {
  return { train: checkLimit('limitTrain', limitTrain), test: checkLimit('limitTest', limitTest) };
}

/** Whether a text can only be meant as a path: a bare word may be a misspelt name. */
function looksLikePath(data: string): boolean {
  return data.includes('/') || data.includes(sep) || data.startsWith('.');
}

function unknownName(data: string, cause?: unknown): StudioError {
  const known = Object.keys(datasetRegistry).join(', ');
  const message =
    data === '' ? 'No data set is named.' : `There is no data set and no folder named "${data}".`;
  const fix = `Known names: ${known}. Or give the path of a folder with the files of a data set.`;
  return new StudioError({ code: 'dataset-unknown', message, fix, field: 'data' }, { cause });
}

function notHere({ id, name, source }: DatasetDescription): StudioError {
  const fetched = Object.hasOwn(datasetDownloads, id) ? `"data fetch ${id}" gets them. Or get` : 'Get';
  return new StudioError({
    code: 'dataset-not-here',
    message: `The files of ${name} are not on this machine.`,
    fix: `${fetched} them from ${source} and put them into the folder data/${id} of the studio's home folder, or give their folder instead of the name.`,
    field: 'data',
  });
}

/** What is opened as an archive, not as a folder. */
const ARCHIVE = /\.(tar\.gz|tgz)$/i;

async function openNamedOrPath(data: string, resourcesDir: string): Promise<Dataset> {
  if (data === '') throw unknownName(data);
  if (data === BUNDLED_DATASET) return openBundledMnist(resourcesDir);
  const known = namedDataset(data);
  if (known) throw notHere(known);
  try {
    if (ARCHIVE.test(data)) return await openCifarArchive(resolve(data));
    return await openFolder(resolve(data), resourcesDir);
  } catch (error) {
    const missing = error instanceof StudioError && error.problem.code === 'dataset-folder-missing';
    if (!missing || looksLikePath(data)) throw error;
    throw unknownName(data, error);
  }
}

/**
 * Opens a data set: reads it as a whole, checks it, and keeps what was asked for.
 *
 * @throws StudioError dataset-unknown, dataset-not-here, dataset-limit, dataset-class-empty, and all that the readers find wrong; each names the file.
 */
export async function openDataset(ref: DatasetRef): Promise<Dataset> {
  const limits = wantedImages(ref);
  const dataset = await openNamedOrPath(ref.data, ref.resourcesDir);
  if (ref.forTraining) checkEveryClass(dataset);
  return {
    ...dataset,
    train: firstRecords(dataset.train, limits.train),
    test: firstRecords(dataset.test, limits.test),
  };
}
