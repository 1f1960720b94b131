import { describe, expect, it } from 'vitest';
import { batchCount, batchIndices, epochOrder } from '@main/engine/data/batches';

describe('epochOrder', () => {
  it('is a function of seed, epoch and count', () => {
    const order = epochOrder(7, 3, 1000);
    expect(epochOrder(7, 3, 1000)).toEqual(order);
    expect(epochOrder(7, 4, 1000)).not.toEqual(order);
    expect(epochOrder(8, 3, 1000)).not.toEqual(order);
  });
});

describe('batches', () => {
  it('cover an epoch once, with a smaller last one', () => {
    const order = epochOrder(1, 0, 300);
    expect(batchCount(300, 128)).toBe(3);
    const batches = [0, 1, 2].map((index) => batchIndices(order, 128, index));
    expect(batches.map((batch) => batch.length)).toEqual([128, 128, 44]);
    expect(batches.flatMap((batch) => [...batch])).toEqual([...order]);
    expect(batchCount(256, 128)).toBe(2);
    expect(batchCount(0, 128)).toBe(0);
  });

  it('are views, not copies', () => {
    const order = epochOrder(1, 0, 10);
    expect(batchIndices(order, 4, 2).buffer).toBe(order.buffer);
  });

  it('refuse what is not there', () => {
    const order = epochOrder(1, 0, 10);
    for (const index of [-1, 3, 0.5]) expect(() => batchIndices(order, 4, index)).toThrow(RangeError);
    for (const size of [0, -1, 1.5]) expect(() => batchCount(10, size)).toThrow(RangeError);
  });
});
