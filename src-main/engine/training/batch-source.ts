import * as tf from '@tensorflow/tfjs-core';
import { augments, drawPlacements, type Augmentation, type Placement } from '../data/augmentation';
import { batchCount, batchIndices, epochOrder } from '../data/batches';
import { fillBatch, type InputSpec } from '../data/preprocess';
import type { Split } from '../data/split';
import type { DeviceBatch } from './train-step';

/** Batches of a split as tensors. The caller disposes what it gets. */
export class BatchSource {
  #order: Uint32Array;
  #epoch = -1;

  constructor(
    readonly split: Split,
    private readonly spec: InputSpec,
    private readonly classes: number,
    private readonly batchSize: number,
  ) {
    this.#order = Uint32Array.from({ length: split.count }, (_, index) => index);
  }

  /** Number of batches, the last and smaller one included. */
  get batches(): number {
    return batchCount(this.split.count, this.batchSize);
  }

  /** Batch `index` of the file's own order. */
  inOrder(index: number): DeviceBatch {
    const from = index * this.batchSize;
    const length = Math.min(this.batchSize, this.split.count - from);
    return this.#batch(Uint32Array.from({ length }, (_, offset) => from + offset));
  }

  /** Batch `index` of an epoch's random order, augmented. */
  shuffled(augmentation: Augmentation, epoch: number, index: number): DeviceBatch {
    if (epoch !== this.#epoch) {
      this.#order = epochOrder(augmentation.seed, epoch, this.split.count);
      this.#epoch = epoch;
    }
    const records = batchIndices(this.#order, this.batchSize, index);
    return this.#batch(records, augments(augmentation) ? drawPlacements(augmentation, epoch, records) : null);
  }

  #batch(records: Uint32Array, placements: readonly Placement[] | null = null): DeviceBatch {
    const { height, width, channels } = this.spec;
    const pixels = new Float32Array(records.length * height * width * channels);
    fillBatch(this.split, records, pixels, this.spec, placements);
    const oneHot = new Float32Array(records.length * this.classes);
    for (const [row, record] of records.entries())
      oneHot[row * this.classes + this.split.labels[record]!] = 1;
    return {
      images: tf.tensor4d(pixels, [records.length, height, width, channels]),
      oneHot: tf.tensor2d(oneHot, [records.length, this.classes]),
    };
  }
}
