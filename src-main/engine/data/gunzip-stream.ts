import { createGunzip } from 'node:zlib';
import type { StudioError } from '@shared/problem';
import { CHUNK_BYTES, decompressed } from './decompress';

/**
 * Decompresses a stream of gzip, as `decompressed` does. The checksum at its end is checked.
 *
 * @param failed the error for data that is not sound, told why
 */
export function gunzipStream(
  chunks: AsyncIterable<Uint8Array>,
  failed: (reason: string, cause?: unknown) => StudioError,
): AsyncGenerator<Uint8Array> {
  return decompressed(createGunzip({ chunkSize: CHUNK_BYTES }), 'gzip', chunks, failed);
}
