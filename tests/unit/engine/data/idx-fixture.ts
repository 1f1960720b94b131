import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { StudioError, type Problem } from '@shared/problem';

/** The studio's own resources, with the real MNIST. */
export const resourcesDir = fileURLToPath(new URL('../../../../resources', import.meta.url));

/** An IDX file of unsigned bytes, or of `type`. */
export function idxBytes(dims: readonly number[], data: ArrayLike<number>, type = 0x08): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * dims.length + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (type << 8) | dims.length);
  dims.forEach((dim, axis) => {
    view.setUint32(4 + 4 * axis, dim);
  });
  bytes.set(data, 4 + 4 * dims.length);
  return bytes;
}

/** An empty folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'mcn-data-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Writes files into a folder of their own. */
export async function folderOf(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const dir = await temporaryFolder();
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(dir, name), bytes);
  return dir;
}

/** Six training and three test images of 4 x 6 pixels in three classes; pixel p of image i is 10 i + p. */
export function smallSet(): Record<string, Uint8Array> {
  const pixels = (count: number): number[] =>
    Array.from({ length: count * 24 }, (_, at) => 10 * Math.floor(at / 24) + (at % 24));
  return {
    'train-images-idx3-ubyte': idxBytes([6, 4, 6], pixels(6)),
    'train-labels-idx1-ubyte': idxBytes([6], [0, 1, 2, 0, 1, 2]),
    't10k-images-idx3-ubyte': idxBytes([3, 4, 6], pixels(3)),
    't10k-labels-idx1-ubyte': idxBytes([3], [2, 1, 0]),
  };
}

/** The problem that a call fails with; anything but a StudioError is thrown on. */
export async function problemOf(call: () => unknown): Promise<Problem> {
  try {
    await call();
  } catch (error) {
    if (error instanceof StudioError) return error.problem;
    throw error;
  }
  throw new Error('The call was to fail, but did not');
}
