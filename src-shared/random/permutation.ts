import { multiplyHigh, philox } from './philox';
import type { RandomKey } from './random-key';

/**
 * A whole number uniform in [0, bound), without bias: the upper half of word * bound, where words whose lower half
 * falls below 2^32 mod bound are passed over (D. Lemire, "Fast Random Integer Generation in an Interval", 2019).
 * `step` names the draw; the words that are passed over are its own, so no other draw moves.
 */
function below(key: RandomKey, step: number, bound: number, words: Uint32Array): number {
  const threshold = 0x1_0000_0000 % bound;
  for (let attempt = 0; ; attempt++) {
    if (attempt % 4 === 0) philox(step, attempt / 4, key.stream0, key.stream1, key.key0, key.key1, words);
    const word = words[attempt % 4]!;
    if (Math.imul(word, bound) >>> 0 >= threshold) return multiplyHigh(word, bound);
  }
}

/**
 * The numbers 0 .. n - 1 in an order drawn uniformly from all n! (Fisher and Yates), a function of (key, n).
 *
 * @throws RangeError when n is not a whole number from 0 to 2^32 - 1.
 */
export function permutation(key: RandomKey, n: number): Uint32Array {
  if (!Number.isInteger(n) || n < 0 || n > 0xffff_ffff) throw new RangeError(`Cannot permute ${n} things`);
  const order = new Uint32Array(n);
  for (let index = 0; index < n; index++) order[index] = index;
  const words = new Uint32Array(4);
  for (let last = n - 1; last > 0; last--) {
    const other = below(key, last, last + 1, words);
    const moved = order[last]!;
    order[last] = order[other]!;
    order[other] = moved;
  }
  return order;
}
