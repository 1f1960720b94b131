import type { TrainingSettings } from '@shared/training/settings';

/** Files of a data set by their path below its folder; null: a folder in the place of a file. */
export type Files = Record<string, Uint8Array | null>;

/** What the network of a case asks of its data. */
export interface Demand {
  height: number;
  width: number;
  color: 'gray' | 'rgb';
  classes: number;
}

/** Data that cannot be trained on, and what a person is told. */
export interface BadCase {
  name: string;
  files: Files;
  /** What is trained on, below the folder; the folder itself when it is left out. */
  place?: string;
  demand: Demand;
  settings?: Partial<TrainingSettings>;
  /** Words of the message: the file, and what is wrong with it. */
  says: readonly string[];
}

/** The same files but for some; undefined: left out. */
export function changed(
  files: Files,
  changes: Readonly<Record<string, Uint8Array | null | undefined>>,
): Files {
  const kept = Object.entries({ ...files, ...changes }).filter(([, bytes]) => bytes !== undefined);
  return Object.fromEntries(kept) as Files;
}

/** Bytes with one of them replaced. */
export function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = value;
  return copy;
}

/** Bytes without the last few. */
export function cut(bytes: Uint8Array, missing: number): Uint8Array {
  return bytes.subarray(0, bytes.length - missing);
}

/** What a server sends in place of a file that is not there. */
export const WEB_PAGE = new TextEncoder().encode('<!DOCTYPE html><title>404 Not Found</title>'.repeat(20));
