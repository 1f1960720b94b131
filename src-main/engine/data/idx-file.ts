import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { StudioError } from '@shared/problem';
import { checkRoom, fileProblem } from './data-file';
import { gunzip, isGzip } from './gunzip';
import { idxHeaderBytes, MAX_IDX_BYTES, parseIdx, readIdxHeader, type Idx, type IdxContent } from './idx';

/** An IDX file and what identifies it: the SHA-256 of its content, the same whether it is gzipped or plain. */
export interface IdxFile extends Idx {
  readonly sha256: string;
}

/** Hexadecimal SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Decodes the bytes of an IDX file, gzipped or plain (told apart by their start, not by the name).
 *
 * @throws StudioError gzip-bad, dataset-memory and those of parseIdx.
 */
export async function decodeIdx(bytes: Uint8Array, content: IdxContent, file: string): Promise<IdxFile> {
  const header = idxHeaderBytes(content);
  const plain = isGzip(bytes)
    ? await gunzip(bytes, file, (start) => {
        if (start.length < header) return undefined;
        const length =
          header + readIdxHeader(start, content, file).reduce((product, dim) => product * dim, 1);
        checkRoom(file, length);
        return length;
      })
    : bytes;
  return { ...parseIdx(plain, content, file), sha256: sha256(plain) };
}

/**
 * Reads a file as a whole.
 *
 * @throws StudioError file-missing, file-unreadable (a folder, a device, no permission, ...), idx-too-large, dataset-memory.
 */
export async function readDataFile(path: string): Promise<Uint8Array> {
  try {
    const status = await stat(path);
    if (!status.isFile()) {
      const fix = 'Put the file itself there.';
      throw new StudioError({ code: 'file-unreadable', message: `${path} is not a file.`, fix, path });
    }
    if (status.size > MAX_IDX_BYTES) {
      const message = `${path} has ${status.size} bytes; at most ${MAX_IDX_BYTES} can be read.`;
      throw new StudioError({ code: 'idx-too-large', message, fix: 'Split the data set.', path });
    }
    checkRoom(path, status.size);
    return await readFile(path);
  } catch (error) {
    throw fileProblem(path, error);
  }
}

/** Reads and decodes an IDX file, gzipped or plain. Errors as readDataFile and decodeIdx. */
export async function readIdxFile(path: string, content: IdxContent): Promise<IdxFile> {
  return decodeIdx(await readDataFile(path), content, path);
}
