import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { StudioError } from '@shared/problem';

/** Bytes that one file of a data set may have: far more than any set of small images, far less than memory. */
export const MAX_DATA_BYTES = 2 ** 30;

/** One file of a data set, by itself or inside an archive. Its bytes can be read once. */
export interface DataFile {
  /** Without folders. */
  readonly name: string;
  /** What messages call it: its path, or "archive: path inside". */
  readonly path: string;
  /** Its length as the folder or the archive states it; at most MAX_DATA_BYTES. */
  readonly bytes: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Why a file of a data set could not be read, from what the system said. */
export function fileProblem(path: string, error: unknown): StudioError {
  if (error instanceof StudioError) return error;
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
    const fix = 'Put the file there, or choose another data set.';
    return new StudioError(
      { code: 'file-missing', message: `${path} does not exist.`, fix, path },
      { cause: error },
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  const message = `${path} cannot be read (${reason}).`;
  return new StudioError(
    { code: 'file-unreadable', message, fix: 'Check that you may read the file.', path },
    { cause: error },
  );
}

/**
 * Refuses a length that no file of a data set has.
 *
 * @throws StudioError dataset-file-size
 */
export function checkDataBytes(path: string, bytes: number): void {
  if (bytes <= MAX_DATA_BYTES) return;
  throw new StudioError({
    code: 'dataset-file-size',
    message: `${path} has ${bytes} bytes; at most ${MAX_DATA_BYTES} can be read.`,
    fix: 'Check that it is a file of the data set.',
    path,
  });
}

/**
 * Refuses what the machine has no room for, before any of it is read: a process that takes more is ended without a word.
 *
 * @param bytes that the content takes at least, decoded
 * @throws StudioError dataset-memory
 */
export function checkRoom(path: string, bytes: number): void {
  const free = process.availableMemory();
  if (bytes <= free) return;
  throw new StudioError({
    code: 'dataset-memory',
    message: `${path} takes ${bytes} bytes of memory, and there are ${free}.`,
    fix: 'Free memory, or use a smaller data set.',
    path,
  });
}

async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    throw fileProblem(path, error);
  }
}

/**
 * A file to be read as a stream; it is opened with the first chunk.
 *
 * @throws StudioError file-missing, file-unreadable, dataset-file-size.
 */
export async function openDataFile(path: string): Promise<DataFile> {
  try {
    const status = await stat(path);
    if (!status.isFile()) {
      const fix = 'Put the file itself there.';
      throw new StudioError({ code: 'file-unreadable', message: `${path} is not a file.`, fix, path });
    }
    checkDataBytes(path, status.size);
    return { name: basename(path), path, bytes: status.size, chunks: fileChunks(path) };
  } catch (error) {
    throw fileProblem(path, error);
  }
}

/** Passes chunks on and adds each to a hash. */
export async function* hashed(chunks: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
