import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { StudioError } from '@shared/problem';

const CHUNK_BYTES = 64 * 1024;

/**
 * Decompresses a stream of gzip, piece by piece: memory does not grow with its length. The checksum at its end is checked.
 *
 * @param failed the error for data that is not sound, told why
 * @throws what `chunks` throws, and what `failed` makes: also for bytes that follow the compressed data.
 */
export async function* gunzipStream(
  chunks: AsyncIterable<Uint8Array>,
  failed: (reason: string, cause?: unknown) => StudioError,
): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: CHUNK_BYTES });
  let given = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      given += chunk.length;
      yield chunk;
    }
  }
  const source = Readable.from(counted());
  // What goes wrong reaches the loop below through the stream.
  pipeline(source, stream).catch(() => undefined);
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw failed(`is not sound gzip (${error instanceof Error ? error.message : String(error)})`, error);
  } finally {
    source.destroy();
    stream.destroy();
  }
  if (stream.bytesWritten !== given) {
    throw failed(`ends after ${stream.bytesWritten} compressed bytes, then something else follows`);
  }
}
