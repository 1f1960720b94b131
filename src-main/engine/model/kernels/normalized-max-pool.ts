import * as tf from '@tensorflow/tfjs-core';
import { samePadding } from '@shared/ops/same-padding';
import {
  inputGradient,
  inputGradientOutputs,
  receivedInput,
  type ConvInputs,
  type InputGradient,
} from './conv-operands';
import { dilate } from './dilate';
import { callKernel, registerComposed } from './kernel';
import { normalize, normalizeBackprop, normalizedInputs, type NormalizedInput } from './normalization';

/**
 * Largest value of every window of normalised input, SAME padding that never wins.
 * - NormalizedMaxPool (x, scale?, shift?), `size`, `stride`, `relu` -> [y, index]
 * - NormalizedMaxPoolBackprop (dy, index, x, scale?, shift?, center?), `size`, `stride`, `relu`, `reduce` -> [dx] or [dx, sum, sumX]
 *
 * `index` is row * size + column of the first largest value inside its window; its type is the backend's own affair.
 */
export const NORMALIZED_MAX_POOL = 'NormalizedMaxPool';
export const NORMALIZED_MAX_POOL_BACKPROP = 'NormalizedMaxPoolBackprop';

/** Window of a pooling layer. */
export type PoolWindow = Readonly<{ size: number; stride: number }>;

/** Largest values, and where in its window each was found. */
export function normalizedMaxPool(
  x: NormalizedInput,
  { size, stride }: PoolWindow,
): { y: tf.Tensor4D; index: tf.Tensor } {
  const attributes = { size, stride, relu: x.norm?.relu ?? false };
  const [y, index] = callKernel(NORMALIZED_MAX_POOL, normalizedInputs(x), attributes);
  return { y: y as tf.Tensor4D, index: index! };
}

/** Gradient of {@link normalizedMaxPool} to its input: each dy goes to the first largest value of its window. */
export function normalizedMaxPoolBackprop(
  x: NormalizedInput,
  index: tf.Tensor,
  dy: tf.Tensor4D,
  { size, stride }: PoolWindow,
  reduce: boolean,
): InputGradient {
  const inputs = { dy, index, ...normalizedInputs(x, reduce) };
  const attributes = { size, stride, relu: x.norm?.relu ?? false, reduce };
  const outputs = callKernel(NORMALIZED_MAX_POOL_BACKPROP, inputs, attributes);
  return inputGradient(outputs, { needsInput: true, reduce });
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

function forward(x: NormalizedInput, window: PoolWindow): tf.Tensor[] {
  const values = x.norm ? normalize(x.values, x.norm) : x.values;
  const { padding, start, end } = geometry(values.shape, window);
  const padded = tf.pad(values, padding, -Infinity);
  const tapValues = (tap: number): tf.Tensor =>
    tf.stridedSlice(padded, [...start(tap)], [...end(tap)], [1, window.stride, window.stride, 1]);
  let y = tapValues(0);
  let index = tf.zeros(y.shape, 'int32');
  for (let tap = 1; tap < window.size ** 2; tap++) {
    const candidate = tapValues(tap);
    const larger = tf.greater(candidate, y);
    y = tf.where(larger, candidate, y);
    index = tf.where(larger, tf.fill(y.shape, tap, 'int32'), index);
  }
  return [y, index];
}

function backward(
  x: NormalizedInput,
  index: tf.Tensor,
  dy: tf.Tensor4D,
  window: PoolWindow,
  reduce: boolean,
): tf.Tensor[] {
  const { shape } = x.values;
  const { origin, around } = geometry(shape, window);
  const parts = Array.from({ length: window.size ** 2 }, (_, tap) => {
    const own = tf.mul(dy, tf.cast(tf.equal(index, tap), 'float32')) as tf.Tensor4D;
    return tf.pad(dilate(own, window.stride), around(tap));
  });
  const dx = tf.slice(
    parts.reduce((sum, part) => tf.add(sum, part)),
    [...origin],
    shape,
  ) as tf.Tensor4D;
  if (!reduce) return [dx];
  const { d, reduced } = normalizeBackprop(x.values, dx, x.norm!);
  return inputGradientOutputs({ dx: d, reduced });
}

type Attributes = PoolWindow & { relu: boolean };

/** Registers the kernels as compositions of a backend's own operations. */
export function registerComposedMaxPool(backendName: string): void {
  type Input = Pick<ConvInputs, 'x' | 'scale' | 'shift' | 'center'>;
  registerComposed(NORMALIZED_MAX_POOL, backendName, (inputs: Input, { relu, ...window }: Attributes) =>
    forward(receivedInput(inputs, relu), window),
  );
  registerComposed(
    NORMALIZED_MAX_POOL_BACKPROP,
    backendName,
    (
      inputs: Input & { dy: tf.Tensor4D; index: tf.Tensor },
      { relu, reduce, ...window }: Attributes & { reduce: boolean },
    ) => backward(receivedInput(inputs, relu), inputs.index, inputs.dy, window, reduce),
  );
}
