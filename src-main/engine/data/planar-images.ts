/** Images of CIFAR: 32 x 32 pixels, three planes R, G, B one after the other. */
export const SIDE = 32;
export const CHANNELS = 3;
const PLANE = SIDE * SIDE;
export const IMAGE_BYTES = CHANNELS * PLANE;

/** Writes a planar image, [channel, y, x], as record number `record` of `images`, [count, y, x, channel]. */
export function interleave(planes: Uint8Array, images: Uint8Array, record: number): void {
  const start = record * IMAGE_BYTES;
  for (let channel = 0; channel < CHANNELS; channel++) {
    for (let pixel = 0; pixel < PLANE; pixel++) {
      images[start + pixel * CHANNELS + channel] = planes[channel * PLANE + pixel]!;
    }
  }
}
