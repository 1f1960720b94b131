import { basename } from 'node:path';
import { checkFits, type DataDemand } from '@shared/datasets/check-fits';
import type { DatasetDescription } from '@shared/datasets/dataset-description';
import { StudioError } from '@shared/problem';
import type { TrainingSettings } from '@shared/training/settings';
import { wantedImages, type DatasetRef } from '../dataset';
import type { OpenedData } from '../open-data';
import { askInTurn } from './ask-in-turn';
import type { ClassChoice } from './class-choice';
import { contentChecksum } from './content-checksum';
import { imagePath, type ImageFiles } from './image-files';
import { listImages, type ImageListing, type ListedPart } from './image-listing';
import { ImageReader } from './image-reader';
import { imageStatistics } from './image-statistics';
import { spreadRecords } from './spread-records';

/** What is wanted of a folder of images. */
export interface ImageWishes extends Pick<TrainingSettings, 'imageFit' | 'trainCrop'> {
  classes: ClassChoice;
  /** Whose statistics the description gets; null: nobody needs them, since a trained model brings its own. */
  statistics: TrainingSettings['imageStatistics'] | null;
}

/** Part of a set whose files are known to be sound. */
type Inspected = Pick<ImageFiles, 'root' | 'files' | 'labels' | 'sizes' | 'count'>;

async function inspected(
  root: string,
  part: ListedPart,
  limit: number | undefined,
  reader: ImageReader,
): Promise<Inspected> {
  const records = spreadRecords(part.labels, limit);
  const files = Array.from(records, (record) => part.files[record]!);
  const sizes = new Uint32Array(2 * files.length);
  const paths = files.map((_, record) => imagePath({ root, files }, record));
  await askInTurn(
    paths,
    (some) => reader.ask({ kind: 'inspect', paths: some }),
    (found, from) => {
      sizes.set(found, 2 * from);
    },
  );
  const labels = Uint16Array.from(records, (record) => part.labels[record]!);
  return { root, files, labels, sizes, count: files.length };
}

/** The one size of images that are used as they are stored. @throws StudioError images-sizes-mixed */
function commonSize(parts: readonly Inspected[]): { width: number; height: number } {
  const [width, height] = parts[0]!.sizes as unknown as [number, number];
  for (const { root, files, sizes } of parts) {
    const other = files.findIndex(
      (_, record) => sizes[2 * record] !== width || sizes[2 * record + 1] !== height,
    );
    if (other < 0) continue;
    const path = `${root}/${files[other]!}`;
    throw new StudioError({
      code: 'images-sizes-mixed',
      message: `${path} is ${sizes[2 * other + 1]}×${sizes[2 * other]} pixels, but ${root}/${parts[0]!.files[0]!} is ${height}×${width}: images as stored must have one size.`,
      fix: 'Set Image sizes (imageFit) to crop, or scale the images to one size.',
      path,
      field: 'imageFit',
    });
  }
  return { width, height };
}

/** What can be said of the set before a file of it is opened. */
function outline(
  dir: string,
  listing: ImageListing,
  demand: DataDemand,
): Omit<DatasetDescription, 'mean' | 'std'> {
  const { height, width, color } = demand;
  return {
    id: dir,
    name: basename(dir) || dir,
    classes: [...listing.classes],
    adapts: true,
    channels: color === 'gray' ? 1 : 3,
    height,
    width,
    trainCount: listing.train.files.length,
    testCount: listing.test.files.length,
    pad: { to: Math.max(height, width), value: 0 },
    attribution: '',
    license: '',
    source: dir,
  };
}

function fit(set: Omit<DatasetDescription, 'mean' | 'std'>, demand: DataDemand): void {
  const [problem] = checkFits(set, demand);
  if (problem) throw new StudioError(problem);
}

/**
 * Opens a folder of images, train/CLASS/* and val/CLASS/* (or test/CLASS/*): lists it, looks at every file that is going to
 * be used, and keeps names and sizes. The images stay where they are and are decoded batch by batch. Checksums are of names
 * and sizes, and for training of the contents, too: then every file is read once before the first step.
 *
 * @throws StudioError those of listImages, inspectImage and imageStatistics; images-sizes-mixed; and why it does not fit the network
 */
export async function openImageFolder(
  dir: string,
  wish: DatasetRef & { demand: DataDemand; images: ImageWishes },
): Promise<OpenedData> {
  const { demand, images } = wish;
  const limits = wantedImages(wish);
  const listing = await listImages(dir, images.classes);
  const set = outline(dir, listing, demand);
  fit(set, demand);
  const reader = new ImageReader();
  try {
    const train = await inspected(dir, listing.train, limits.train, reader);
    const test = await inspected(dir, listing.test, limits.test, reader);
    const { adapts, ...rest } = set;
    const own =
      images.imageFit === 'stored' ? { ...rest, ...commonSize([train, test]) } : { ...rest, adapts };
    fit(own, demand);
    const serve = (part: Inspected): ImageFiles => ({
      ...part,
      height: own.height,
      width: own.width,
      channels: own.channels,
      imageFit: images.imageFit,
      trainCrop: images.trainCrop,
      reader,
    });
    const statistics =
      images.statistics === null
        ? { mean: Array<number>(own.channels).fill(0), std: Array<number>(own.channels).fill(1) }
        : await imageStatistics(serve(train), images.statistics);
    const { testFolder } = listing;
    const contents: Record<string, string> = wish.forTraining
      ? {
          'train (contents)': await contentChecksum(train, reader),
          [`${testFolder} (contents)`]: await contentChecksum(test, reader),
        }
      : {};
    return {
      description: { ...own, ...statistics },
      train: serve(train),
      test: serve(test),
      checksums: {
        'train (names and sizes)': listing.train.sha256,
        [`${testFolder} (names and sizes)`]: listing.test.sha256,
        ...contents,
      },
      close: () => reader.close(),
    };
  } catch (error) {
    await reader.close();
    throw error;
  }
}
