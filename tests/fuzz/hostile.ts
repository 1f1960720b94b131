import { expect } from 'vitest';
import fc from 'fast-check';
import type { DataFile } from '@main/engine/data/data-file';
import { StudioError } from '@shared/problem';

/** Bytes as a file named "hostile", which comes in pieces of `piece` bytes. */
export function hostileFile(bytes: Uint8Array, piece = 1000): DataFile {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += piece)
      yield await Promise.resolve(bytes.subarray(at, at + piece));
  }
  return { name: 'hostile', path: 'hostile', bytes: bytes.length, chunks: chunks() };
}

/** What a reader makes of hostile bytes, or the code of the problem; anything but a named StudioError fails the test. */
export async function outcome<T>(read: () => Promise<T>, code: RegExp): Promise<T | string> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    expect(error.problem.code).toMatch(code);
    expect(error.problem.message).toContain('hostile');
    expect(error.problem.fix).toBeTruthy();
    return error.problem.code;
  }
}

/** A share of a length, from its start to before its end. */
export const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Changes of some bytes: where, as a share of the length, and what becomes of them. */
export const changes = fc.array(fc.tuple(share, fc.integer({ min: 0, max: 255 })), {
  minLength: 1,
  maxLength: 4,
});

/** A copy of bytes with changes in their first `within` bytes. */
export function changed(
  bytes: Uint8Array,
  edits: readonly (readonly [number, number])[],
  within = bytes.length,
): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const [where, value] of edits) copy[Math.floor(where * Math.min(within, copy.length))] = value;
  return copy;
}

/** By how many bytes the memory of this process may rise over hostile files that are small. */
export const SMALL_MEMORY = 256 * 2 ** 20;
