import { createInflate } from 'node:zlib';
import type { StudioError } from '@shared/problem';
import { CHUNK_BYTES, decompressed } from './decompress';

/** Deflate cannot shrink data more than that. Source: zlib, "Maximum Compression Factor". */
export const MAX_DEFLATE_RATIO = 1032;

/**
 * Decompresses a stream of zlib (RFC 1950), as `decompressed` does. The checksum at its end is checked.
 *
 * @param failed the error for data that is not sound, told why
 */
export function inflateStream(
  chunks: AsyncIterable<Uint8Array>,
  failed: (reason: string, cause?: unknown) => StudioError,
): AsyncGenerator<Uint8Array> {
  return decompressed(createInflate({ chunkSize: CHUNK_BYTES }), 'zlib', chunks, failed);
}
