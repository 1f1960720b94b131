import fc from 'fast-check';
import { changed, changes, share } from './hostile';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Values of every type, among them those that JSON can say and nothing else understands. */
const oddValues: Json[] = [null, true, 0, -1, 1.5, '', 'x', [], {}, [[]], [{}], { a: 1 }, [1, 'a', null]];

const oddNumbers = ['1e999', '-1e999', '1e308', '-0', '0.1e-400', '12345678901234567890', '00', '1.', 'NaN'];

const oddKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', '\u0000', 'ü'];

/** Where values lie in a document: the keys on the way to each. */
function placesOf(value: Json, way: (string | number)[] = []): (string | number)[][] {
  const inside = Array.isArray(value)
    ? value.flatMap((item, at) => placesOf(item, [...way, at]))
    : value !== null && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, item]) => placesOf(item, [...way, key]))
      : [];
  return [way, ...inside];
}

/** A copy with another value at a place. */
function replaced(value: Json, [key, ...rest]: (string | number)[], by: Json): Json {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item, at) => (at === key ? replaced(item, rest, by) : item));
  const entries = Object.entries(value as Record<string, Json>);
  return Object.fromEntries(entries.map(([k, item]) => [k, k === key ? replaced(item, rest, by) : item]));
}

function pick<T>(list: readonly T[], at: number): T {
  return list[Math.floor(at * list.length)]!;
}

/** The text with something put in at one of the places that a pattern finds, in place of it or behind it. */
function putAt(text: string, pattern: RegExp, at: number, put: (found: string) => string): string {
  const places = [...text.matchAll(pattern)];
  if (places.length === 0) return text;
  const { index, 0: found } = pick(places, at);
  return text.slice(0, index) + put(found) + text.slice(index + found.length);
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const nestedObjects = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

/** Hostile variants of a sound project file, as bytes. Every kind of harm comes as often as the others. */
export function projectVariants(sound: string): fc.Arbitrary<Uint8Array> {
  const json = JSON.parse(sound) as Json;
  const places = placesOf(json);
  const bytes = new TextEncoder().encode(sound);
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const twoShares = fc.tuple(share, share);
  return fc.oneof(
    changes.map((edits) => changed(bytes, edits)),
    share.map((where) => bytes.subarray(0, Math.floor(where * bytes.length))),
    fc.uint8Array({ maxLength: 400 }),
    // A part that is there twice, or not at all.
    twoShares.map(([from, length]) => {
      const start = Math.floor(from * sound.length);
      const part = sound.slice(start, start + Math.floor(length * 200));
      return encode(sound.slice(0, start) + part + sound.slice(start));
    }),
    twoShares.map(([from, length]) => {
      const start = Math.floor(from * sound.length);
      return encode(sound.slice(0, start) + sound.slice(start + Math.floor(length * 200)));
    }),
    // Depth: lists and objects in place of a number or a text.
    fc
      .tuple(share, fc.constantFrom(10, 1000, 20_000), fc.boolean())
      .map(([at, depth, objects]) =>
        encode(
          putAt(sound, /\d+|"[a-z0-9]+"(?=[,}\]])/g, at, () => (objects ? nestedObjects : nested)(depth)),
        ),
      ),
    // A key twice.
    twoShares.map(([at, other]) =>
      encode(
        putAt(sound, /"[\w-]+":/g, at, (key) => `${key}${JSON.stringify(pick(oddValues, other))},${key}`),
      ),
    ),
    // A key that nobody expects.
    fc
      .tuple(share, fc.constantFrom(...oddKeys), share)
      .map(([at, key, other]) =>
        encode(
          putAt(sound, /\{/g, at, () => `{${JSON.stringify(key)}:${JSON.stringify(pick(oddValues, other))},`),
        ),
      ),
    fc
      .tuple(share, fc.constantFrom(...oddNumbers))
      .map(([at, number]) => encode(putAt(sound, /\b\d+(\.\d+)?\b/g, at, () => number))),
    twoShares.map(([at, other]) =>
      encode(JSON.stringify(replaced(json, pick(places, at), pick(oddValues, other)))),
    ),
    // Length: a key or a text of hundreds of thousands of characters.
    fc
      .tuple(share, fc.constantFrom(1000, 300_000))
      .map(([at, length]) => encode(putAt(sound, /"[\w-]+"/g, at, () => `"${'x'.repeat(length)}"`))),
  );
}
