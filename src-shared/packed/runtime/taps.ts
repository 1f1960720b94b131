import { samePadding } from '../../ops/same-padding';
import type { Shape } from '../../ops/shape';

/** The output positions at which one tap of a window lies inside the image, on one axis. */
interface AxisTap {
  from: number;
  /** Behind the last one. */
  to: number;
  /** Position in the image is output position * stride + shift. */
  shift: number;
}

function axisTaps(size: number, window: number, stride: number): AxisTap[] {
  const { out, before } = samePadding(size, window, stride);
  return Array.from({ length: window }, (_, tap) => {
    const shift = tap - before;
    const from = Math.max(0, Math.ceil(-shift / stride));
    const to = Math.min(out, Math.floor((size - 1 - shift) / stride) + 1);
    return { from, to, shift };
  });
}

/**
 * Calls `visit` for every tap of every window of SAME padding that does not lie in the padding. Tap after tap, so that the weights of
 * one tap stay close while all positions are visited.
 *
 * @param visit gets the tap (y * window + x), the input and the output position (y * width + x)
 */
export type EachTap = (visit: (tap: number, input: number, output: number) => void) => void;

/** Prepares {@link EachTap} for windows over images of a shape. */
export function windowTaps([height, width]: Shape, window: number, stride: number): EachTap {
  const rows = axisTaps(height, window, stride);
  const columns = axisTaps(width, window, stride);
  const outWidth = samePadding(width, window, stride).out;
  return (visit) => {
    for (let tap = 0; tap < window * window; tap++) {
      const row = rows[Math.floor(tap / window)]!;
      const column = columns[tap % window]!;
      for (let y = row.from; y < row.to; y++) {
        const inRow = (y * stride + row.shift) * width + column.shift;
        const outRow = y * outWidth;
        for (let x = column.from; x < column.to; x++) visit(tap, inRow + x * stride, outRow + x);
      }
    }
  };
}
