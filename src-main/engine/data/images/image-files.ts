import { join } from 'node:path';
import type { TrainingSettings } from '@shared/training/settings';
import type { ImageSize } from './image-geometry';
import type { ImageReader } from './image-reader';

/** Labelled images that lie in files of their own and are decoded when they are needed. */
export interface ImageFiles {
  readonly count: number;
  /** Size of the images as they are served: resized and cropped, or all stored so. */
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** The set's folder; `files` are paths below it. */
  readonly root: string;
  readonly files: readonly string[];
  /** [count], indices of classes. */
  readonly labels: Uint16Array;
  /** [count, (width, height)] of the upright images. */
  readonly sizes: Uint32Array;
  readonly imageFit: TrainingSettings['imageFit'];
  readonly trainCrop: TrainingSettings['trainCrop'];
  /** Reads the files; whoever opened the set closes it. */
  readonly reader: ImageReader;
}

/** The path of an image. */
export function imagePath({ root, files }: Pick<ImageFiles, 'root' | 'files'>, record: number): string {
  return join(root, files[record]!);
}

/** The size of an image as it lies in its file, upright. */
export function storedSize({ sizes }: Pick<ImageFiles, 'sizes'>, record: number): ImageSize {
  return { width: sizes[2 * record]!, height: sizes[2 * record + 1]! };
}
