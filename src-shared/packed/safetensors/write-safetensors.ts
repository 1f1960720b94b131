/** A tensor to be written; `bytes` are its values, row-major and little-endian. */
export interface TensorToWrite {
  name: string;
  dtype: string;
  shape: readonly number[];
  bytes: Uint8Array;
}

/** Where the data of a safetensors file starts is a multiple of this. */
const ALIGNMENT = 8;

/** Bytes of the header's length in front of it. */
export const LENGTH_BYTES = 8;

function headerText(
  metadata: Readonly<Record<string, string>>,
  tensors: readonly TensorToWrite[],
): Uint8Array {
  let end = 0;
  const entries = tensors.map(({ name, dtype, shape, bytes }) => {
    const begin = end;
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: [begin, end] }] as const;
  });
  return new TextEncoder().encode(
    JSON.stringify(Object.fromEntries([['__metadata__', metadata], ...entries])),
  );
}

/**
 * A safetensors file: u64 little-endian length of the header, the header as JSON padded with spaces so that the data starts at a multiple
 * of 8, then the tensors in the given order without gaps (https://github.com/huggingface/safetensors, "Format").
 *
 * @param tensors names are unique; those with larger elements first, so that all are aligned
 * @returns the file, and how many of its bytes come before the data
 */
export function writeSafetensors(
  metadata: Readonly<Record<string, string>>,
  tensors: readonly TensorToWrite[],
): { bytes: Uint8Array<ArrayBuffer>; headerBytes: number } {
  const header = headerText(metadata, tensors);
  const headerBytes = Math.ceil((LENGTH_BYTES + header.length) / ALIGNMENT) * ALIGNMENT;
  const dataBytes = tensors.reduce((sum, tensor) => sum + tensor.bytes.length, 0);
  const file = new Uint8Array(headerBytes + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes - LENGTH_BYTES), true);
  file.set(header, LENGTH_BYTES);
  file.fill(' '.charCodeAt(0), LENGTH_BYTES + header.length, headerBytes);
  let at = headerBytes;
  for (const { bytes } of tensors) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return { bytes: file, headerBytes };
}
