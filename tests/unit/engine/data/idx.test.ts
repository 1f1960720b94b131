import { describe, expect, it } from 'vitest';
import { MAX_IDX_BYTES, parseIdx } from '@main/engine/data/idx';
import { idxBytes, problemOf } from './idx-fixture';

const images = idxBytes([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
const labels = idxBytes([3], [7, 0, 255]);

describe('parseIdx', () => {
  it('reads images and labels', () => {
    expect(parseIdx(images, 'images', 'i')).toEqual({
      dims: [2, 2, 3],
      data: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    });
    expect(parseIdx(labels, 'labels', 'l')).toEqual({ dims: [3], data: Uint8Array.from([7, 0, 255]) });
  });

  it('gives a plain array whose slice() copies, even over a Buffer', () => {
    const buffer = Buffer.from(labels);
    const copy = parseIdx(buffer, 'labels', 'l').data.slice(0, 1);
    buffer.fill(0);
    expect([...copy]).toEqual([7]);
  });

  it.each([
    ['idx-magic', new TextEncoder().encode('<html> not found'), 'starts with 0x3c68746d'],
    ['idx-type', idxBytes([1, 1, 1], [0], 0x0d), '32-bit floats'],
    ['idx-type', idxBytes([1, 1, 1], [0], 0x42), 'unknown type 0x42'],
    ['idx-rank', labels, 'has 1 dimensions, but images have 3'],
    ['idx-truncated', images.subarray(0, 0), 'ends after 0 bytes, inside its header of 16 bytes'],
    ['idx-truncated', images.subarray(0, 3), 'ends after 3 bytes'],
    ['idx-truncated', images.subarray(0, 15), 'inside its header'],
    [
      'idx-truncated',
      images.subarray(0, 27),
      'ends after 27 bytes, but its header announces 28 (2 × 2 × 3 and 16',
    ],
    ['idx-too-long', Uint8Array.from([...images, 0]), 'goes on after 28 bytes'],
    ['idx-empty', idxBytes([0, 28, 28], []), '0 × 28 × 28'],
    ['idx-too-large', idxBytes([0xffffffff, 0xffffffff, 0xffffffff], []), `at most ${MAX_IDX_BYTES}`],
    ['idx-truncated', idxBytes([60_000, 28, 28], [1]), 'announces 47040016'],
  ])('refuses images with %s (%#)', async (code, bytes, words) => {
    const problem = await problemOf(() => parseIdx(bytes, 'images', '/data/train-images'));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain('/data/train-images: ');
    expect(problem.message).toContain(words);
    expect(problem.path).toBe('/data/train-images');
    expect(problem.fix).toBeTruthy();
  });

  it('tells images that stand where labels belong', async () => {
    expect((await problemOf(() => parseIdx(images, 'labels', 'f'))).fix).toContain('changed places');
  });
});
