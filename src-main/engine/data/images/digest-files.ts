import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { imageProblem } from './inspect-image';

/** Bytes of a SHA-256. */
export const DIGEST_BYTES = 32;

/** Bytes of a file in memory at a time. */
const CHUNK_BYTES = 256 * 1024;
/** Files that are read side by side, so that a disk or a network has the next one to look for while one is hashed. */
const AT_A_TIME = 8;

async function digestFile(path: string): Promise<Uint8Array> {
  const hash = createHash('sha256');
  try {
    const chunks = createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>;
    for await (const chunk of chunks) hash.update(chunk);
  } catch (error) {
    throw imageProblem(path, `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`, error);
  }
  return hash.digest();
}

/**
 * SHA-256 of what each file holds, [paths, 32]. Files are read piece by piece: memory does not grow with them.
 *
 * @throws StudioError image-bad for the first file, in their order, that cannot be read
 */
export async function digestFiles(paths: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const digests = new Uint8Array(paths.length * DIGEST_BYTES);
  for (let from = 0; from < paths.length; from += AT_A_TIME) {
    const found = await Promise.allSettled(paths.slice(from, from + AT_A_TIME).map(digestFile));
    for (const [index, one] of found.entries()) {
      if (one.status === 'rejected') throw one.reason;
      digests.set(one.value, (from + index) * DIGEST_BYTES);
    }
  }
  return digests;
}
