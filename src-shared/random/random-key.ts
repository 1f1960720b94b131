import { philox } from './philox';

/** What a draw is for; draws of different purposes never share numbers. */
export const PURPOSES = ['init', 'shuffle', 'augment', 'dropout', 'split'] as const;
export type Purpose = (typeof PURPOSES)[number];

/**
 * The name of one stream of random numbers, 128 bits. Draw number i of the stream is a function of (key, i).
 * Use one key for one kind of draw: two kinds would read the same underlying words.
 */
export interface RandomKey {
  readonly key0: number;
  readonly key1: number;
  readonly stream0: number;
  readonly stream1: number;
}

const NUMBER_TAG = 1;
const TEXT_TAG = 2;

function numberWords(value: number): number[] {
  if (!Number.isFinite(value)) throw new RangeError(`A random key is made of finite numbers, not ${value}`);
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value + 0); // -0 + 0 is 0
  return [NUMBER_TAG, view.getUint32(0), view.getUint32(4)];
}

function textWords(value: string): number[] {
  const words = [TEXT_TAG, value.length];
  for (let index = 0; index < value.length; index++) words.push(value.charCodeAt(index));
  return words;
}

/**
 * The stream of (seed, purpose, parts...), such as (seed, 'init', 'conv1', 'filters') or (seed, 'shuffle', epoch).
 *
 * The parts are written as words without ambiguity (each tagged with its type, texts with their length) and
 * absorbed four at a time: h <- E(h xor words) xor h xor words with E = Philox under a fixed key, h = 0 at the start.
 *
 * @throws RangeError when a number is not finite.
 */
export function randomKey(seed: number, purpose: Purpose, ...parts: readonly (number | string)[]): RandomKey {
  const words = [...numberWords(seed), ...textWords(purpose)];
  for (const part of parts) words.push(...(typeof part === 'number' ? numberWords(part) : textWords(part)));
  words.push(parts.length);
  const state = new Uint32Array(4);
  const mixed = new Uint32Array(4);
  for (let at = 0; at < words.length; at += 4) {
    for (let lane = 0; lane < 4; lane++) state[lane] = state[lane]! ^ (words[at + lane] ?? 0);
    philox(state[0]!, state[1]!, state[2]!, state[3]!, 0, 0, mixed);
    for (let lane = 0; lane < 4; lane++) state[lane] = state[lane]! ^ mixed[lane]!;
  }
  return { key0: state[0]!, key1: state[1]!, stream0: state[2]!, stream1: state[3]! };
}
