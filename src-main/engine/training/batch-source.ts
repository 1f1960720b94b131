import * as tf from '@tensorflow/tfjs-core';
import { BATCHES_AHEAD } from '@shared/training/batches-ahead';
import type { TrainingSettings } from '@shared/training/settings';
import type { BatchMaker, HostBatch } from '../data/batch-maker';
import { batchCount, batchIndices, epochOrder } from '../data/batches';
import { Prefetch } from '../data/prefetch';
import type { InputSpec } from '../data/preprocess';
import type { DeviceBatch } from './train-step';

/** Batches of labelled images as tensors, made ahead. The caller disposes what it gets. */
export class BatchSource {
  readonly #inOrder: Prefetch<HostBatch>;
  #shuffled: { settings: TrainingSettings; batches: Prefetch<HostBatch> } | null = null;
  #order: Uint32Array = new Uint32Array();
  #epoch = -1;

  constructor(
    private readonly maker: BatchMaker,
    private readonly spec: InputSpec,
    private readonly classes: number,
    private readonly batchSize: number,
  ) {
    this.#inOrder = new Prefetch((index) => {
      const from = index * batchSize;
      const length = Math.min(batchSize, maker.count - from);
      return maker.make(
        Uint32Array.from({ length }, (_, offset) => from + offset),
        null,
      );
    }, BATCHES_AHEAD);
  }

  /** Number of batches, the last and smaller one included. */
  get batches(): number {
    return batchCount(this.maker.count, this.batchSize);
  }

  /** Batch `index` of the file's own order. @throws StudioError of a file of this batch that cannot be read */
  async inOrder(index: number): Promise<DeviceBatch> {
    return this.#onDevice(await this.#inOrder.take(index, this.batches));
  }

  /** The augmented batch of a step of a run, in the random order of its epoch. @throws StudioError as inOrder */
  async shuffled(settings: TrainingSettings, step: number): Promise<DeviceBatch> {
    if (this.#shuffled?.settings !== settings) {
      const batches = new Prefetch((ahead) => this.#make(settings, ahead), BATCHES_AHEAD);
      this.#shuffled = { settings, batches };
    }
    return this.#onDevice(await this.#shuffled.batches.take(step, settings.epochs * this.batches));
  }

  #make(settings: TrainingSettings, step: number): Promise<HostBatch> {
    const epoch = Math.floor(step / this.batches);
    if (epoch !== this.#epoch) {
      this.#order = epochOrder(settings.seed, epoch, this.maker.count);
      this.#epoch = epoch;
    }
    const records = batchIndices(this.#order, this.batchSize, step % this.batches);
    return this.maker.make(records, { augmentation: settings, epoch });
  }

  #onDevice({ pixels, labels }: HostBatch): DeviceBatch {
    const { height, width, channels } = this.spec;
    const oneHot = new Float32Array(labels.length * this.classes);
    for (const [row, label] of labels.entries()) oneHot[row * this.classes + label] = 1;
    return {
      images: tf.tensor4d(pixels, [labels.length, height, width, channels]),
      oneHot: tf.tensor2d(oneHot, [labels.length, this.classes]),
    };
  }
}
