import type { BatchMaker } from './batch-maker';
import { FileBatches } from './images/file-batches';
import type { ImageFiles } from './images/image-files';
import { MemoryBatches } from './memory-batches';
import type { InputSpec } from './preprocess';
import type { Split } from './split';

/** What makes batches of labelled images, wherever they lie, as a network's input wants them. */
export function createBatchMaker(images: Split | ImageFiles, spec: InputSpec): BatchMaker {
  return 'files' in images ? new FileBatches(images, spec) : new MemoryBatches(images, spec);
}
