import { augments, drawPlacements } from '../augmentation';
import type { BatchMaker, HostBatch } from '../batch-maker';
import type { InputSpec } from '../preprocess';
import { imagePath, storedSize, type ImageFiles } from './image-files';
import { centerCrop, trainingCrop, type Geometry } from './image-geometry';

/** Batches of images that lie in files: decoded, cropped and normalised on the threads of their reader. */
export class FileBatches implements BatchMaker {
  constructor(
    private readonly images: ImageFiles,
    private readonly spec: InputSpec,
  ) {}

  get count(): number {
    return this.images.count;
  }

  async make(records: Uint32Array, drawn: Parameters<BatchMaker['make']>[1]): Promise<HostBatch> {
    const { reader, width, height, channels, labels } = this.images;
    const shots = Array.from(records, (record) => ({
      path: imagePath(this.images, record),
      geometry: this.#geometry(record, drawn),
    }));
    const placements =
      drawn && augments(drawn.augmentation) ? drawPlacements(drawn.augmentation, drawn.epoch, records) : null;
    const pixels = await reader.ask({
      kind: 'batch',
      shots,
      size: { width, height },
      channels,
      spec: this.spec,
      placements,
    });
    return { pixels, labels: Uint16Array.from(records, (record) => labels[record]!) };
  }

  #geometry(record: number, drawn: Parameters<BatchMaker['make']>[1]): Geometry | null {
    const { images } = this;
    if (images.imageFit === 'stored') return null;
    const stored = storedSize(images, record);
    if (!drawn) return centerCrop(stored, images);
    const { augmentation, epoch } = drawn;
    return trainingCrop(images.trainCrop, stored, images, augmentation.seed, epoch, record);
  }
}
