import * as tf from '@tensorflow/tfjs-core';
import { samePadding } from '@shared/ops/same-padding';
import { dilate } from './dilate';
import { callKernel, registerComposed } from './kernel';

/**
 * Max-pooling of values that are still to be normalised, SAME padding that never wins.
 * - ScaledMaxPool (x, scale?), `size`, `stride` -> [values, index]
 * - MaxUnpool (dy, index), `size`, `stride`, `height`, `width` -> dx
 *
 * act(scale x + shift) grows with scale x whatever the shift and a ReLU are, so that the largest normalised value is found without
 * normalising: pooling hands on the value itself, a quarter as many of them for the usual window, and the normalisation with it.
 *
 * `index` is row * size + column of the first largest value inside its window; its type is the backend's own affair.
 */
export const SCALED_MAX_POOL = 'ScaledMaxPool';
export const MAX_UNPOOL = 'MaxUnpool';

/** Window of a pooling layer. */
export type PoolWindow = Readonly<{ size: number; stride: number }>;

/** What {@link scaledMaxPool} found with windows side by side. */
export interface PooledValues {
  values: tf.Tensor4D;
  index: tf.Tensor;
  size: number;
}

/** Says that a gradient belongs to what a max-pooling with windows side by side (stride = size) made of a feature. */
export interface Pooled {
  /** Where in its window each value was found. */
  index: tf.Tensor;
  size: number;
  /** Of the feature. */
  shape: tf.Tensor4D['shape'];
}

/**
 * Of every window the value whose scale x is the largest, and where the first such value stands.
 * @param scale per channel; null: the largest x
 */
export function scaledMaxPool(
  x: tf.Tensor4D,
  scale: tf.Tensor1D | null,
  { size, stride }: PoolWindow,
): { values: tf.Tensor4D; index: tf.Tensor } {
  const [values, index] = callKernel(SCALED_MAX_POOL, { x, scale }, { size, stride });
  return { values: values as tf.Tensor4D, index: index! };
}

/** Each dy at the place that its index tells, added up where windows overlap. @param shape of x */
export function maxUnpool(
  dy: tf.Tensor4D,
  index: tf.Tensor,
  { size, stride }: PoolWindow,
  [, height, width]: tf.Tensor4D['shape'],
): tf.Tensor4D {
  return callKernel(MAX_UNPOOL, { dy, index }, { size, stride, height, width })[0] as tf.Tensor4D;
}

type Place = readonly [number, number, number, number];

/** Where the windows lie on the padded input: value `tap` of each is a slice with the stride of the windows. */
function geometry([batch, height, width, channels]: Place, { size, stride }: PoolWindow) {
  const rows = samePadding(height, size, stride);
  const columns = samePadding(width, size, stride);
  const reach = { rows: (rows.out - 1) * stride + 1, columns: (columns.out - 1) * stride + 1 };
  const padded = { rows: rows.before + height + rows.after, columns: columns.before + width + columns.after };
  const start = (tap: number): Place => [0, Math.floor(tap / size), tap % size, 0];
  return {
    padding: [
      [0, 0],
      [rows.before, rows.after],
      [columns.before, columns.after],
      [0, 0],
    ] as [number, number][],
    origin: [0, rows.before, columns.before, 0] as const,
    start,
    end(tap: number): Place {
      const [, row, column] = start(tap);
      return [batch, row + reach.rows, column + reach.columns, channels];
    },
    /** Padding that puts values of that tap, dilated by the stride, in their places. */
    around(tap: number): [number, number][] {
      const [, row, column] = start(tap);
      return [
        [0, 0],
        [row, padded.rows - row - reach.rows],
        [column, padded.columns - column - reach.columns],
        [0, 0],
      ];
    },
  };
}

function forward(x: tf.Tensor4D, scale: tf.Tensor1D | undefined, window: PoolWindow): tf.Tensor[] {
  const { padding, start, end } = geometry(x.shape, window);
  const tapsOf = (values: tf.Tensor4D, outside: number) => {
    const padded = tf.pad(values, padding, outside);
    return (tap: number): tf.Tensor =>
      tf.stridedSlice(padded, [...start(tap)], [...end(tap)], [1, window.stride, window.stride, 1]);
  };
  const values = tapsOf(x, 0);
  const scaled = tapsOf(scale ? tf.mul(x, scale) : x, -Infinity);
  let [value, largest] = [values(0), scaled(0)];
  let index = tf.zeros(value.shape, 'int32');
  for (let tap = 1; tap < window.size ** 2; tap++) {
    const candidate = scaled(tap);
    const larger = tf.greater(candidate, largest);
    largest = tf.where(larger, candidate, largest);
    value = tf.where(larger, values(tap), value);
    index = tf.where(larger, tf.fill(value.shape, tap, 'int32'), index);
  }
  return [value, index];
}

function backward(dy: tf.Tensor4D, index: tf.Tensor, window: PoolWindow, shape: Place): tf.Tensor {
  const { origin, around } = geometry(shape, window);
  const parts = Array.from({ length: window.size ** 2 }, (_, tap) => {
    const own = tf.mul(dy, tf.cast(tf.equal(index, tap), 'float32')) as tf.Tensor4D;
    return tf.pad(dilate(own, window.stride), around(tap));
  });
  return tf.slice(
    parts.reduce((sum, part) => tf.add(sum, part)),
    [...origin],
    [...shape],
  );
}

/** Registers the kernels as compositions of a backend's own operations. */
export function registerComposedMaxPool(backendName: string): void {
  registerComposed(
    SCALED_MAX_POOL,
    backendName,
    ({ x, scale }: { x: tf.Tensor4D; scale?: tf.Tensor1D }, window: PoolWindow) => forward(x, scale, window),
  );
  registerComposed(
    MAX_UNPOOL,
    backendName,
    (
      { dy, index }: { dy: tf.Tensor4D; index: tf.Tensor },
      { height, width, ...window }: PoolWindow & { height: number; width: number },
    ) => backward(dy, index, window, [dy.shape[0], height, width, dy.shape[3]]),
  );
}
