import { setImmediate } from 'node:timers/promises';
import { augments, drawPlacements } from './augmentation';
import type { BatchMaker, HostBatch } from './batch-maker';
import { fillBatch, type InputSpec } from './preprocess';
import type { Split } from './split';

/** Batches of images that lie in memory. They are made on the calling thread, in its next pause (while a device works, say). */
export class MemoryBatches implements BatchMaker {
  constructor(
    private readonly split: Split,
    private readonly spec: InputSpec,
  ) {}

  get count(): number {
    return this.split.count;
  }

  async make(records: Uint32Array, drawn: Parameters<BatchMaker['make']>[1]): Promise<HostBatch> {
    await setImmediate();
    const { height, width, channels } = this.spec;
    const pixels = new Float32Array(records.length * height * width * channels);
    const placements =
      drawn && augments(drawn.augmentation) ? drawPlacements(drawn.augmentation, drawn.epoch, records) : null;
    fillBatch(this.split, records, pixels, this.spec, placements);
    return { pixels, labels: Uint16Array.from(records, (record) => this.split.labels[record]!) };
  }
}
