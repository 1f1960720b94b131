import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { npyHeader, writeNpy } from '@main/exporters/npy';

describe('.npy files', () => {
  it('have the header of version 1.0, as numpy writes it', () => {
    const header = npyHeader([10_000, 10]);
    expect(header.length).toBe(128);
    expect([...header.subarray(0, 10)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
    const text = new TextDecoder().decode(header.subarray(10));
    expect(text.trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (10000, 10), }");
    expect(text.at(-1)).toBe('\n');
  });

  it('write a shape of one axis as a tuple', () => {
    expect(new TextDecoder().decode(npyHeader([3]).subarray(10))).toContain("'shape': (3,), }");
  });

  it('hold the values behind it in row order', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'npy-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'logits.npy');
    await writeNpy(path, Float32Array.of(1, -2.5, 3e-8, 4, 5, 6), [2, 3]);
    const bytes = await readFile(path);
    expect(bytes.length).toBe(128 + 24);
    expect([0, 1, 2].map((at) => bytes.readFloatLE(128 + 4 * at))).toEqual([1, -2.5, Math.fround(3e-8)]);
  });

  it('are not written for a shape that does not fit', async () => {
    await expect(writeNpy('/never/written', new Float32Array(5), [2, 3])).rejects.toThrow('5 values');
  });
});
