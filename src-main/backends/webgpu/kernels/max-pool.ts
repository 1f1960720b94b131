import type { TensorInfo } from '@tensorflow/tfjs-core';
import { samePadding } from '@shared/ops/same-padding';
import { MAX_UNPOOL, SCALED_MAX_POOL, type PoolWindow } from '../../../engine/model/kernels/max-pool';
import { elementwise, registerShaders, runShader } from './shader';

/** Uniforms of pooling: sizes of what is pooled and of what comes of it, and where the windows lie. */
export const POOLING = {
  height: 'i32',
  width: 'i32',
  channels: 'i32',
  outHeight: 'i32',
  outWidth: 'i32',
  top: 'i32',
  left: 'i32',
  window: 'i32',
  stride: 'i32',
} as const;

type Place = [number, number, number, number];

/** Values of {@link POOLING}. @param shape of what is pooled */
export function pooling([, height, width, channels]: Place, { size, stride }: PoolWindow) {
  const rows = samePadding(height, size, stride);
  const columns = samePadding(width, size, stride);
  return {
    height,
    width,
    channels,
    outHeight: rows.out,
    outWidth: columns.out,
    top: rows.before,
    left: columns.before,
    window: size,
    stride,
  };
}

/** Where the window of an output begins on the input, which may be outside of it. */
const CORNER = `
  fn cornerOf(index : i32) -> vec4<i32> {
    let channel = index % uniforms.channels;
    let column = (index / uniforms.channels) % uniforms.outWidth;
    let row = (index / uniforms.channels / uniforms.outWidth) % uniforms.outHeight;
    let image = index / uniforms.channels / uniforms.outWidth / uniforms.outHeight;
    return vec4<i32>(image, row * uniforms.stride - uniforms.top, column * uniforms.stride - uniforms.left, channel);
  }
  fn placeOf(image : i32, row : i32, column : i32, channel : i32) -> i32 {
    return ((image * uniforms.height + row) * uniforms.width + column) * uniforms.channels + channel;
  }`;

/** row * size + column of the first largest value of a window; what lies outside never wins. */
function winner(isScaled: boolean): ReturnType<typeof elementwise> {
  return elementwise(
    `max-pooling: winner${isScaled ? ', scaled' : ''}`,
    POOLING,
    `
    let corner = cornerOf(index);
    var best = -1;
    var largest = 0.0;
    for (var tap = 0; tap < uniforms.window * uniforms.window; tap = tap + 1) {
      let row = corner.y + tap / uniforms.window;
      let column = corner.z + tap % uniforms.window;
      if (row < 0 || row >= uniforms.height || column < 0 || column >= uniforms.width) { continue; }
      let value = x[placeOf(corner.x, row, column, corner.w)]${isScaled ? ' * scale[corner.w]' : ''};
      if (best < 0 || value > largest) {
        best = tap;
        largest = value;
      }
    }
    return best;`,
    CORNER,
  );
}

const [plainWinner, scaledWinner] = [winner(false), winner(true)];

const winning = elementwise(
  'max-pooling: value',
  POOLING,
  `
    let corner = cornerOf(index);
    let tap = winner[index];
    return x[placeOf(corner.x, corner.y + tap / uniforms.window, corner.z + tap % uniforms.window, corner.w)];`,
  CORNER,
);

/**
 * WGSL of `unpooled(index)`: what a value of the input gets of the gradients dy, each of which goes to the winner of its window.
 * Needs the uniforms {@link POOLING} and the inputs dy and winner.
 */
export const UNPOOLED = `
  fn unpooled(index : i32) -> f32 {
    let channel = index % uniforms.channels;
    let column = (index / uniforms.channels) % uniforms.width + uniforms.left;
    let row = (index / uniforms.channels / uniforms.width) % uniforms.height + uniforms.top;
    let image = index / uniforms.channels / uniforms.width / uniforms.height;
    var sum = 0.0;
    for (var y = row / uniforms.stride; y >= 0 && row - y * uniforms.stride < uniforms.window; y = y - 1) {
      if (y >= uniforms.outHeight) { continue; }
      for (var x0 = column / uniforms.stride; x0 >= 0 && column - x0 * uniforms.stride < uniforms.window; x0 = x0 - 1) {
        if (x0 >= uniforms.outWidth) { continue; }
        let source = ((image * uniforms.outHeight + y) * uniforms.outWidth + x0) * uniforms.channels + channel;
        let tap = (row - y * uniforms.stride) * uniforms.window + column - x0 * uniforms.stride;
        if (winner[source] == tap) { sum = sum + dy[source]; }
      }
    }
    return sum;
  }`;

const unpool = elementwise('max-unpooling', POOLING, 'return unpooled(index);', UNPOOLED);

/** Max-pooling as two shaders, for the winners and their values, and its gradient as one. */
export function registerMaxPool(): void {
  registerShaders<{ x: TensorInfo; scale?: TensorInfo }, PoolWindow>(
    SCALED_MAX_POOL,
    (backend, { x, scale }, window) => {
      const uniforms = pooling(x.shape as Place, window);
      const { outHeight, outWidth, channels } = uniforms;
      const shape = [x.shape[0]!, outHeight, outWidth, channels];
      const index = runShader(backend, scale ? scaledWinner : plainWinner, {
        inputs: { x, ...(scale && { scale }) },
        uniforms,
        shape,
        dtype: 'int32',
      });
      return [runShader(backend, winning, { inputs: { x, winner: index }, uniforms, shape }), index];
    },
  );
  registerShaders<Record<'dy' | 'index', TensorInfo>, PoolWindow & { height: number; width: number }>(
    MAX_UNPOOL,
    (backend, { dy, index }, { height, width, ...window }) => {
      const shape: Place = [dy.shape[0]!, height, width, dy.shape[3]!];
      const uniforms = pooling(shape, window);
      return runShader(backend, unpool, { inputs: { dy, winner: index }, uniforms, shape });
    },
  );
}
