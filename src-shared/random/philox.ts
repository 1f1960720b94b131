const MULTIPLIER0 = 0xd2511f53;
const MULTIPLIER1 = 0xcd9e8d57;
const WEYL0 = 0x9e3779b9;
const WEYL1 = 0xbb67ae85;
const ROUNDS = 10;

/** The upper 32 bits of the product of two unsigned 32-bit numbers. */
export function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = (middle & 0xffff) + aLow * bHigh;
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(cross / 65536)) >>> 0;
}

/**
 * Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): four 32-bit words as a function of a
 * counter of four words and a key of two. It has no state, so draws do not depend on their order.
 *
 * @param out receives the four words
 */
export function philox(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  out: Uint32Array,
): void {
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER0, counter0);
    const low0 = Math.imul(MULTIPLIER0, counter0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIER1, counter2);
    const low1 = Math.imul(MULTIPLIER1, counter2) >>> 0;
    counter0 = (high1 ^ counter1 ^ key0) >>> 0;
    counter1 = low1;
    counter2 = (high0 ^ counter3 ^ key1) >>> 0;
    counter3 = low0;
    key0 = (key0 + WEYL0) >>> 0;
    key1 = (key1 + WEYL1) >>> 0;
  }
  out[0] = counter0;
  out[1] = counter1;
  out[2] = counter2;
  out[3] = counter3;
}
