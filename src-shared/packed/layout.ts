import type { NetworkNode } from '../network/network';
import { weightSize } from '../network/profile';
import type { WeightSpec } from '../ops/definition';

/**
 * The order of axes in the file, as its metadata states it (FORMAT.md). Filters lie as the paper indexes them, C[h, g][c, y, x];
 * ordinary kernels as PyTorch has them, so that a stranger needs no transposition.
 */
export const FILE_LAYOUT = {
  bits: 'h,g,c,y,x',
  bitOrder: 'least significant first',
  C: 'h,g,c,y,x',
  M: 'k,y,x',
  conv: 'out,in,y,x',
  dense: 'out,in',
  image: 'y,x,channel',
  channel: 'map*K+plane',
  flatten: 'y,x,channel',
} as const;

/** Whether the file has the axes of a weight in another order than the engine. */
function isReordered(spec: WeightSpec): boolean {
  return spec.role === 'filter' || spec.role === 'kernel';
}

/** Shape of a weight in the file. */
export function fileShape(node: NetworkNode, spec: WeightSpec): number[] {
  if (!isReordered(spec)) return [...spec.shape];
  const [inputs, outputs] = spec.shape.slice(-2) as [number, number];
  const window = spec.shape.slice(0, -2);
  if (node.type !== 'mcconv') return [outputs, inputs, ...window];
  const { planes } = node.values;
  return [outputs, inputs / planes, planes, ...window];
}

/** out[c][b][a] of values[a][b][c]. */
function reverseAxes<T extends Uint8Array | Float32Array>(
  values: T,
  [a, b, c]: readonly [number, number, number],
  out: T,
): T {
  let from = 0;
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      for (let k = 0, to = j * a + i; k < c; k++, to += b * a) out[to] = values[from++]!;
    }
  }
  return out;
}

/** Engine axes [taps, in, out]; a dense kernel has one tap. In the file they are [out, in, taps]. */
function engineAxes(spec: WeightSpec): [number, number, number] {
  const [inputs, outputs] = spec.shape.slice(-2) as [number, number];
  return [weightSize(spec) / (inputs * outputs), inputs, outputs];
}

/** Values of a weight in the order of the file; `values` itself where the orders agree. `out` has the same length. */
export function toFileOrder<T extends Uint8Array | Float32Array>(values: T, spec: WeightSpec, out: T): T {
  return isReordered(spec) ? reverseAxes(values, engineAxes(spec), out) : values;
}

/** Values of a weight in the layout of the engine; `values` itself where the orders agree. `out` has the same length. */
export function toEngineOrder<T extends Uint8Array | Float32Array>(values: T, spec: WeightSpec, out: T): T {
  if (!isReordered(spec)) return values;
  const [taps, inputs, outputs] = engineAxes(spec);
  return reverseAxes(values, [outputs, inputs, taps], out);
}
