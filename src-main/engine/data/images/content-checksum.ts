import { createHash } from 'node:crypto';
import { askInTurn } from './ask-in-turn';
import { DIGEST_BYTES } from './digest-files';
import { imagePath, type ImageFiles } from './image-files';

/**
 * What tells the images of a part from others, whatever their dates say: SHA-256 over the lines "path, zero byte, SHA-256 of
 * the file in hexadecimal, line feed" of all files that are used, in their order. Every byte is read once, by the threads of
 * the reader: as long as the disk takes for the set, whatever its size; nothing of it stays in memory but 32 bytes a file.
 *
 * @throws StudioError image-bad for a file that cannot be read
 */
export async function contentChecksum(
  part: Pick<ImageFiles, 'root' | 'files' | 'count'>,
  reader: ImageFiles['reader'],
): Promise<string> {
  const paths = part.files.map((_, record) => imagePath(part, record));
  const hash = createHash('sha256');
  await askInTurn(
    paths,
    (some) => reader.ask({ kind: 'digest', paths: some }),
    (digests, from) => {
      for (let at = 0; at * DIGEST_BYTES < digests.length; at++) {
        const digest = Buffer.from(digests.buffer, at * DIGEST_BYTES, DIGEST_BYTES).toString('hex');
        hash.update(`${part.files[from + at]!}\0${digest}\n`);
      }
    },
  );
  return hash.digest('hex');
}
