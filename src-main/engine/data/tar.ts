import { posix } from 'node:path';
import { StudioError } from '@shared/problem';
import { ByteReader } from './byte-reader';
import { checkDataBytes, type DataFile } from './data-file';

const BLOCK = 512;
const CHECKSUM = { from: 148, to: 156 } as const;

function bad(archive: string, message: string): StudioError {
  const fix = 'The archive is damaged or no tar archive: get it again.';
  return new StudioError({ code: 'tar-bad', message: `${archive}: ${message}`, fix, path: archive });
}

/** A field of text up to its first zero byte. */
function text(header: Uint8Array, from: number, to: number): string {
  const field = header.subarray(from, to);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

/** A field of octal digits, which spaces and zero bytes may surround; NaN when it is something else. */
function octal(header: Uint8Array, from: number, to: number): number {
  const digits = text(header, from, to).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

/** The sum of all bytes of a header, those of the checksum itself taken as spaces. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, at) => sum + (at >= CHECKSUM.from && at < CHECKSUM.to ? 0x20 : byte), 0);
}

/**
 * The regular files of a tar archive, one after the other, as a stream. What of a file was not read when the next one
 * is asked for is passed over. Folders, links and extended headers are passed over, too: a name longer than a plain
 * header holds stays cut off.
 *
 * @throws StudioError tar-bad when a header is not sound or the archive ends within a file, dataset-file-size.
 * Source: POSIX.1-1988 ustar interchange format; GNU tar manual, "Basic Tar Format".
 */
export async function* tarFiles(
  chunks: AsyncIterable<Uint8Array>,
  archive: string,
): AsyncGenerator<DataFile> {
  const reader = new ByteReader(chunks, (missing) =>
    bad(archive, `ends although ${missing} more bytes must follow.`),
  );
  try {
    while (!(await reader.atEnd())) {
      const header = await reader.read(BLOCK);
      if (header.every((byte) => byte === 0)) return;
      if (octal(header, CHECKSUM.from, CHECKSUM.to) !== checksum(header)) {
        throw bad(archive, 'has a header whose checksum is wrong.');
      }
      const inside = text(header, 0, 100);
      const path = `${archive}: ${inside}`;
      const bytes = octal(header, 124, 136);
      if (Number.isNaN(bytes)) throw bad(archive, `does not say how long ${inside} is.`);
      checkDataBytes(path, bytes);
      const type = String.fromCharCode(header[156]!);
      let left = bytes;
      if (type === '0' || type === '\0') {
        const content = reader.pieces(bytes);
        const counted = async function* (): AsyncGenerator<Uint8Array> {
          for await (const piece of content) {
            left -= piece.length;
            yield piece;
          }
        };
        yield { name: posix.basename(inside), path, bytes, chunks: counted() };
      }
      await reader.skip(left + ((BLOCK - (bytes % BLOCK)) % BLOCK));
    }
  } finally {
    await reader.close();
  }
}
