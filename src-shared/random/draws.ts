import { philox } from './philox';
import type { RandomKey } from './random-key';

const TWO_32 = 0x1_0000_0000;

/** Words 4 * block .. 4 * block + 3 of a stream. */
function blockWords(key: RandomKey, block: number, out: Uint32Array): void {
  philox(block, Math.floor(block / TWO_32), key.stream0, key.stream1, key.key0, key.key1, out);
}

function checkCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`Cannot make ${count} random numbers`);
}

/**
 * Draw number `index` of a stream, uniform on the multiples of 2^-32 in [0, 1).
 *
 * @throws RangeError when the index is not a whole number from 0 to 2^53 - 1.
 */
export function uniform(key: RandomKey, index: number): number {
  if (!Number.isSafeInteger(index) || index < 0) throw new RangeError(`There is no draw number ${index}`);
  const words = new Uint32Array(4);
  blockWords(key, Math.floor(index / 4), words);
  return words[index % 4]! / TWO_32;
}

/**
 * low + (high - low) * u for the first `count` draws u of a stream; value i is made of uniform(key, i) alone.
 * Rounding to 32 bits can turn a draw just below `high` into `high` itself.
 */
export function uniforms(key: RandomKey, count: number, low: number, high: number): Float32Array {
  checkCount(count);
  const values = new Float32Array(count);
  const words = new Uint32Array(4);
  const scale = (high - low) / TWO_32;
  for (let at = 0; at < count; at += 4) {
    blockWords(key, at / 4, words);
    const end = Math.min(4, count - at);
    for (let lane = 0; lane < end; lane++) values[at + lane] = low + scale * words[lane]!;
  }
  return values;
}

/**
 * The first `count` standard normal numbers of a stream, by Box and Muller: for a pair of uniform draws u, v
 *
 *     sqrt(-2 ln(1 - u)) * (cos(2 pi v), sin(2 pi v)),   so |value| <= 6.67
 *
 * A longer array starts with the values of a shorter one.
 */
export function normals(key: RandomKey, count: number): Float32Array {
  checkCount(count);
  const values = new Float32Array(count);
  const words = new Uint32Array(4);
  for (let at = 0; at < count; at += 2) {
    if (at % 4 === 0) blockWords(key, at / 4, words);
    const lane = at % 4;
    const radius = Math.sqrt(-2 * Math.log((TWO_32 - words[lane]!) / TWO_32));
    const angle = (2 * Math.PI * words[lane + 1]!) / TWO_32;
    values[at] = radius * Math.cos(angle);
    if (at + 1 < count) values[at + 1] = radius * Math.sin(angle);
  }
  return values;
}
