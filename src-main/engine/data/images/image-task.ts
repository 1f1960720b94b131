import type { Problem } from '@shared/problem';
import type { Placement } from '../augmentation';
import type { InputSpec } from '../preprocess';
import type { Geometry, ImageSize } from './image-geometry';

/** One image of a task: its file, and how it is resized and cropped; null: not at all. */
export interface Shot {
  readonly path: string;
  readonly geometry: Geometry | null;
}

/** The images of a task, all of one size and number of channels when they are decoded. */
export interface Shots {
  readonly shots: readonly Shot[];
  readonly size: ImageSize;
  readonly channels: 1 | 3;
}

/** What a decoding thread can be asked. */
export type ImageTask =
  | { kind: 'inspect'; paths: readonly string[] }
  | { kind: 'digest'; paths: readonly string[] }
  | ({ kind: 'counts' } & Shots)
  | ({ kind: 'batch'; spec: InputSpec; placements: readonly Placement[] | null } & Shots);

/** What it answers: sizes, [paths, (width, height)]; SHA-256 of files, [paths, 32]; counts of the 256 values, [channels, 256]; a batch's pixels. */
export interface ImageAnswers {
  inspect: Uint32Array<ArrayBuffer>;
  digest: Uint8Array<ArrayBuffer>;
  counts: Float64Array<ArrayBuffer>;
  batch: Float32Array<ArrayBuffer>;
}

export type AnswerOf<T extends ImageTask> = ImageAnswers[T['kind']];

/** Messages of the two sides; `id` pairs them. */
export interface TaskMessage {
  readonly id: number;
  readonly task: ImageTask;
}
export type AnswerMessage =
  | { readonly id: number; readonly value: ImageAnswers[ImageTask['kind']] }
  | { readonly id: number; readonly problem: Problem }
  | { readonly id: number; readonly error: string };
