import type { Augmentation } from './augmentation';

/** A batch in the memory of this process, ready for any device. Belongs to whoever asked for it. */
export interface HostBatch {
  /** [records, height, width, channels], as the network's input wants it. */
  readonly pixels: Float32Array;
  /** [records], indices of classes. */
  readonly labels: Uint16Array;
}

/** Labelled images that can be had in batches, wherever they lie. */
export interface BatchMaker {
  readonly count: number;
  /**
   * Makes a batch of some records. Calls may overlap; each makes its own.
   *
   * @param drawn what is drawn for training, and the epoch (from 0); null: the images as they are, as for testing
   * @throws StudioError what is wrong with a file, and which
   */
  make(records: Uint32Array, drawn: { augmentation: Augmentation; epoch: number } | null): Promise<HostBatch>;
}
