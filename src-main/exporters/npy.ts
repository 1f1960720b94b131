import { floatsToBytes } from '@shared/packed/float-bytes';
import { atomicWrite } from '../files/atomic-write';

/** Where the data starts is a multiple of this, as the format asks for. */
const ALIGNMENT = 64;

/** Magic string, version 1.0, and a u16 for the length of the header. */
const PREFIX_BYTES = 10;

/**
 * Everything in front of the data of a .npy file, version 1.0: little-endian float32 in C order.
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function npyHeader(shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]!},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const total = Math.ceil((PREFIX_BYTES + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(total).fill(' '.charCodeAt(0));
  header.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  new DataView(header.buffer).setUint16(PREFIX_BYTES - 2, total - PREFIX_BYTES, true);
  header.set(new TextEncoder().encode(dictionary), PREFIX_BYTES);
  header[total - 1] = '\n'.charCodeAt(0);
  return header;
}

/**
 * Writes float32 values as a .npy file, atomically.
 *
 * @param shape row-major; its product is the number of values
 * @throws StudioError as atomicWrite
 */
export async function writeNpy(path: string, values: Float32Array, shape: readonly number[]): Promise<void> {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== values.length) throw new RangeError(`${values.length} values in a shape of ${count}`);
  await atomicWrite(path, [npyHeader(shape), floatsToBytes(values)]);
}
