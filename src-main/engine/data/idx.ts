import { StudioError } from '@shared/problem';

/** What the file is to hold: images are [count, height, width], labels [count]. */
export type IdxContent = 'images' | 'labels';

/** A decoded IDX file of unsigned bytes; `data` is a view into the bytes that were given. */
export interface Idx {
  readonly dims: readonly number[];
  readonly data: Uint8Array;
}

/** Bytes that an IDX file may have: far more than any set of small images, far less than memory. */
export const MAX_IDX_BYTES = 2 ** 30;

const RANK: Record<IdxContent, number> = { images: 3, labels: 1 };
const UNSIGNED_BYTE = 0x08;
const TYPE_NAMES: Record<number, string> = {
  0x08: 'unsigned bytes',
  0x09: 'signed bytes',
  0x0b: '16-bit integers',
  0x0c: '32-bit integers',
  0x0d: '32-bit floats',
  0x0e: '64-bit floats',
};

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

function refuse(code: string, file: string, message: string, fix: string): never {
  throw new StudioError({ code, message: `${file}: ${message}`, fix, path: file });
}

/** Bytes of the header of a file with this content: the magic number and its dimensions. */
export function idxHeaderBytes(content: IdxContent): number {
  return 4 + 4 * RANK[content];
}

/**
 * Reads the header of an IDX file: two zero bytes, the type of the elements, the number of dimensions, then each
 * dimension as a big-endian u32. Nothing is allocated from what it claims.
 *
 * @returns the dimensions; their product does not exceed MAX_IDX_BYTES.
 * @throws StudioError idx-truncated, idx-magic, idx-type, idx-rank, idx-empty, idx-too-large.
 * Source: "The IDX file format", http://yann.lecun.com/exdb/mnist/
 */
export function readIdxHeader(bytes: Uint8Array, content: IdxContent, file: string): number[] {
  const rank = RANK[content];
  const expected = `${content} as IDX start with ${hex((UNSIGNED_BYTE << 8) | rank, 8)}`;
  const size = idxHeaderBytes(content);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 4) {
    const magic = view.getUint32(0);
    if (magic >>> 16 !== 0) {
      const fix = 'Check that it is an IDX file, plain or gzip, and not an archive or a web page.';
      refuse('idx-magic', file, `starts with ${hex(magic, 8)}, but ${expected}.`, fix);
    }
    const type = (magic >>> 8) & 0xff;
    if (type !== UNSIGNED_BYTE) {
      const found = TYPE_NAMES[type] ?? `elements of the unknown type ${hex(type, 2)}`;
      refuse(
        'idx-type',
        file,
        `holds ${found}, expected unsigned bytes.`,
        'Write it again with pixels and labels as unsigned bytes.',
      );
    }
    if ((magic & 0xff) !== rank) {
      const fix = 'Check that the files of images and labels have not changed places.';
      refuse('idx-rank', file, `has ${magic & 0xff} dimensions, but ${content} have ${rank}.`, fix);
    }
  }
  if (bytes.length < size) {
    refuse(
      'idx-truncated',
      file,
      `ends after ${bytes.length} bytes, inside its header of ${size} bytes.`,
      'Get the file again.',
    );
  }
  const dims = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const elements = dims.reduce((product, dim) => product * dim, 1);
  const shape = dims.join(' × ');
  if (elements === 0)
    refuse(
      'idx-empty',
      file,
      `says that it holds ${shape} ${content}, that is nothing.`,
      'Get the file again.',
    );
  if (elements > MAX_IDX_BYTES) {
    const fix = 'Get the file again, or split the data set.';
    refuse(
      'idx-too-large',
      file,
      `says that it holds ${shape} bytes; at most ${MAX_IDX_BYTES} can be read.`,
      fix,
    );
  }
  return dims;
}

/**
 * Decodes a whole IDX file of unsigned bytes.
 *
 * @throws StudioError as readIdxHeader does, idx-truncated and idx-too-long.
 */
export function parseIdx(bytes: Uint8Array, content: IdxContent, file: string): Idx {
  const dims = readIdxHeader(bytes, content, file);
  const header = idxHeaderBytes(content);
  const expected = header + dims.reduce((product, dim) => product * dim, 1);
  const claim = `its header announces ${expected} (${dims.join(' × ')} and ${header} of header)`;
  if (bytes.length < expected) {
    refuse(
      'idx-truncated',
      file,
      `ends after ${bytes.length} bytes, but ${claim}.`,
      'The copy is incomplete: get the file again.',
    );
  }
  if (bytes.length > expected) {
    refuse(
      'idx-too-long',
      file,
      `goes on after ${expected} bytes, but ${claim}.`,
      'The file is damaged: get it again.',
    );
  }
  // A plain Uint8Array even over a Buffer, whose slice() does not copy.
  return { dims, data: new Uint8Array(bytes.buffer, bytes.byteOffset + header, bytes.byteLength - header) };
}
