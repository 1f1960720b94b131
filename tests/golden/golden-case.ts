import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** A layer case of the independent implementation; layouts are those that the file names (cases/README.md). */
export interface ConvCase {
  name: string;
  N: number;
  G: number;
  H: number;
  K: number;
  W: number;
  size: [number, number];
  stride: number;
  n: number;
  centers: number[];
  x: number[];
  C: number[];
  M: number[];
  Chat: number[];
  y: number[];
  yShape: number[];
  dy: number[];
  dx: number[];
  dC_straight_through: number[];
  dM_true: number[];
  dM_latent: number[];
  filterLossPerPlane: number;
  dC_perPlane: number[];
  dM_perPlane: number[];
  filterLossSummed: number;
  dC_summed: number[];
  dM_summed: number[];
}

export const CONV_CASES = [
  'k1-3x3',
  'k2-5x5-n4',
  'k3-1x1-n3',
  'k4-3x3',
  'k4-3x3-stride2',
  'k8-3x3-n16',
] as const;

/** Reads a case as it came. */
export function readCase<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), 'utf8')) as T;
}

/** Reorders a row-major array: axis i of the result is axis `axes[i]` of the source. */
export function reorder(
  values: ArrayLike<number>,
  shape: readonly number[],
  axes: readonly number[],
): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const target = axes.map((axis) => shape[axis]!);
  const out = new Float32Array(values.length);
  for (let at = 0; at < out.length; at++) {
    let rest = at;
    let source = 0;
    for (let axis = target.length - 1; axis >= 0; axis--) {
      source += (rest % target[axis]!) * strides[axes[axis]!]!;
      rest = Math.floor(rest / target[axis]!);
    }
    out[at] = values[source]!;
  }
  return out;
}

/** Every entry within `tolerance` of the largest absolute value of the expected array. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-4): void {
  expect(actual.length).toBe(expected.length);
  let scale = 0;
  let worst = 0;
  for (let at = 0; at < expected.length; at++) {
    scale = Math.max(scale, Math.abs(expected[at]!));
    worst = Math.max(worst, Math.abs(actual[at]! - expected[at]!));
  }
  expect(worst / (scale || 1)).toBeLessThanOrEqual(tolerance);
}
