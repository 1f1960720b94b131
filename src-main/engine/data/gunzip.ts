import { createGunzip } from 'node:zlib';
import { StudioError } from '@shared/problem';

const CHUNK_BYTES = 256 * 1024;

/** Whether bytes start as every gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function bad(file: string, message: string, cause?: unknown): StudioError {
  const fix = 'The file is damaged: get it again.';
  return new StudioError({ code: 'gzip-bad', message: `${file}: ${message}`, fix, path: file }, { cause });
}

/**
 * Decompresses a gzip file, but no further than its reader can use: once the output is `enough(start)` bytes long,
 * with `start` the output so far, or undefined while that cannot be told yet, decompression ends. A small file that
 * would unfold into gigabytes is thereby cut off.
 *
 * @returns the decompressed bytes; one chunk more than enough when the file goes on.
 * @throws StudioError gzip-bad, and what `enough` throws.
 */
export async function gunzip(
  bytes: Uint8Array,
  file: string,
  enough: (start: Uint8Array) => number | undefined,
): Promise<Uint8Array> {
  const stream = createGunzip({ chunkSize: CHUNK_BYTES });
  const chunks: Uint8Array[] = [];
  let length = 0;
  let limit: number | undefined;
  try {
    stream.end(bytes);
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      length += chunk.length;
      limit ??= enough(chunks.length === 1 ? chunk : Buffer.concat(chunks));
      if (limit !== undefined && length > limit) return Buffer.concat(chunks);
    }
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw bad(file, `is not sound gzip (${error instanceof Error ? error.message : String(error)}).`, error);
  }
  if (stream.bytesWritten !== bytes.length) {
    throw bad(
      file,
      `its gzip data ends after ${stream.bytesWritten} of ${bytes.length} bytes, then something else follows.`,
    );
  }
  return Buffer.concat(chunks);
}
