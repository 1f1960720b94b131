const BYTES = 4;

/** Float32 values as little-endian bytes, whatever the machine's own order. */
export function floatsToBytes(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * BYTES);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < values.length; index++) view.setFloat32(index * BYTES, values[index]!, true);
  return bytes;
}

/** The inverse of {@link floatsToBytes}; the bytes need not be aligned, the values are a copy. */
export function bytesToFloats(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(bytes.length / BYTES);
  for (let index = 0; index < values.length; index++) values[index] = view.getFloat32(index * BYTES, true);
  return values;
}
