import { permutation } from '@shared/random/permutation';
import { randomKey } from '@shared/random/random-key';

/**
 * The order in which an epoch visits the records 0 .. count - 1: a uniform permutation, a function of
 * (seed, epoch, count) alone. Twins that share the seed therefore see the same batches.
 */
export function epochOrder(seed: number, epoch: number, count: number): Uint32Array {
  return permutation(randomKey(seed, 'shuffle', epoch), count);
}

/** Batches of an epoch: ceil(count / batchSize); the last one may be smaller. */
export function batchCount(count: number, batchSize: number): number {
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new RangeError(`There is no batch of ${batchSize} images`);
  return Math.ceil(count / batchSize);
}

/**
 * The records of batch number `batchIndex` (from 0), as a view into `order`.
 *
 * @throws RangeError when the epoch has no such batch.
 */
export function batchIndices(order: Uint32Array, batchSize: number, batchIndex: number): Uint32Array {
  const batches = batchCount(order.length, batchSize);
  if (!Number.isInteger(batchIndex) || batchIndex < 0 || batchIndex >= batches) {
    throw new RangeError(`There is no batch ${batchIndex} among ${batches}`);
  }
  return order.subarray(batchIndex * batchSize, (batchIndex + 1) * batchSize);
}
