import { createHash } from 'node:crypto';
import { StudioError } from '@shared/problem';
import { ByteReader } from './byte-reader';
import { checkRoom, hashed, type DataFile } from './data-file';
import { IMAGE_BYTES, interleave } from './planar-images';

/** Labels in front of the pixels of a record, and which of them names the class. */
export interface CifarRecord {
  /** CIFAR-10: the label. CIFAR-100: the coarse label, then the fine one. */
  readonly labelBytes: number;
  readonly labelAt: number;
}

/** The records of one file. */
export interface CifarPart {
  readonly count: number;
  /** [count, 32, 32, 3] */
  readonly images: Uint8Array;
  /** [count] */
  readonly labels: Uint8Array;
  readonly sha256: string;
}

function refuse(code: string, path: string, message: string): never {
  const fix = 'The copy is damaged or no file of the binary version of CIFAR: get it again.';
  throw new StudioError({ code, message: `${path} ${message}`, fix, path });
}

/**
 * Reads a file of the binary version of CIFAR: records of `labelBytes` labels and 3,072 pixels, the planes R, G and B
 * row by row. Neither header nor footer.
 *
 * @throws StudioError cifar-size, dataset-memory, cifar-label for a label that is not below `classes`, and what its chunks throw.
 * Source: https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version".
 */
export async function readCifarFile(
  file: DataFile,
  record: CifarRecord,
  classes: number,
): Promise<CifarPart> {
  const { path, bytes } = file;
  const recordBytes = record.labelBytes + IMAGE_BYTES;
  if (bytes === 0 || bytes % recordBytes !== 0) {
    refuse('cifar-size', path, `has ${bytes} bytes, not a multiple of the ${recordBytes} of a record.`);
  }
  checkRoom(path, bytes);
  const count = bytes / recordBytes;
  const images = new Uint8Array(count * IMAGE_BYTES);
  const labels = new Uint8Array(count);
  const hash = createHash('sha256');
  const reader = new ByteReader(hashed(file.chunks, hash), (missing) =>
    refuse('cifar-size', path, `ends ${missing} bytes within a record.`),
  );
  try {
    for (let index = 0; index < count; index++) {
      const content = await reader.read(recordBytes);
      const label = content[record.labelAt]!;
      if (label >= classes) {
        refuse(
          'cifar-label',
          path,
          `has the label ${label} in record ${index} (from 0); the classes are 0 to ${classes - 1}.`,
        );
      }
      labels[index] = label;
      interleave(content.subarray(record.labelBytes), images, index);
    }
    if (!(await reader.atEnd())) refuse('cifar-size', path, `goes on after ${bytes} bytes.`);
  } finally {
    await reader.close();
  }
  return { count, images, labels, sha256: hash.digest('hex') };
}
