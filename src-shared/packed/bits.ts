/** Bytes that `count` values of `width` bits take, the last one padded. */
export function packedBytes(count: number, width: number): number {
  return Math.ceil((count * width) / 8);
}

/**
 * Packs values of `width` bits without gaps, least significant bit first: bit t of value i is bit (i * width + t) % 8 of byte
 * floor((i * width + t) / 8). Padding bits are 0.
 *
 * @param width 1 to 8
 * @param values below 2 ** width
 */
export function packBits(values: Uint8Array, width: number): Uint8Array {
  const bytes = new Uint8Array(packedBytes(values.length, width));
  let at = 0;
  let offset = 0;
  for (let index = 0; index < values.length; index++) {
    const shifted = values[index]! << offset;
    bytes[at]! |= shifted & 0xff;
    offset += width;
    if (offset < 8) continue;
    offset -= 8;
    at++;
    if (offset > 0) bytes[at]! |= shifted >>> 8;
  }
  return bytes;
}

/** The inverse of {@link packBits}. */
export function unpackBits(bytes: Uint8Array, count: number, width: number): Uint8Array {
  const values = new Uint8Array(count);
  const mask = (1 << width) - 1;
  let at = 0;
  let offset = 0;
  for (let index = 0; index < count; index++) {
    const pair = bytes[at]! | ((bytes[at + 1] ?? 0) << 8);
    values[index] = (pair >>> offset) & mask;
    offset += width;
    if (offset < 8) continue;
    offset -= 8;
    at++;
  }
  return values;
}

/** Whether all bits behind the last value are 0, so that equal models have equal bytes. */
export function paddingIsZero(bytes: Uint8Array, count: number, width: number): boolean {
  const used = (count * width) % 8;
  return used === 0 || bytes[bytes.length - 1]! >>> used === 0;
}
