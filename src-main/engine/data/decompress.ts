import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Gunzip, Inflate } from 'node:zlib';
import { StudioError } from '@shared/problem';

/** Decompressed bytes that are made ahead of whoever reads them. */
export const CHUNK_BYTES = 64 * 1024;

/**
 * Passes a stream of compressed bytes through a decompressor of zlib, piece by piece: memory does not grow with its
 * length. When its reader ends early, nothing is taken from `chunks` any more once that has returned.
 *
 * @param stream the decompressor; it is used up and destroyed
 * @param format what messages call it
 * @param failed the error for data that is not sound, told why
 * @throws what `chunks` throws, and what `failed` makes: also for bytes that follow the compressed data.
 */
export async function* decompressed(
  stream: Gunzip | Inflate,
  format: string,
  chunks: AsyncIterable<Uint8Array>,
  failed: (reason: string, cause?: unknown) => StudioError,
): AsyncGenerator<Uint8Array> {
  let given = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      given += chunk.length;
      yield chunk;
    }
  }
  const source = Readable.from(counted());
  const closed = once(source, 'close').catch(() => undefined);
  // What goes wrong reaches the loop below through the stream.
  pipeline(source, stream).catch(() => undefined);
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw failed(`is not sound ${format} (${error instanceof Error ? error.message : String(error)})`, error);
  } finally {
    source.destroy();
    stream.destroy();
    await closed;
  }
  if (stream.bytesWritten !== given) {
    throw failed(`ends after ${stream.bytesWritten} compressed bytes, then something else follows`);
  }
}
