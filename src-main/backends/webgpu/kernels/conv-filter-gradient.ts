import * as tf from '@tensorflow/tfjs-core';
import { elementwise, registerShaders, runShader, type GpuBackend, type Shader } from './shader';

/** Filter values by outputs that a workgroup computes, 4 x 4 in each of its threads. */
const TILE = 64;
const THREADS = (TILE / 4) ** 2;
/** Positions whose values the workgroup holds at once. */
const DEPTH = 16;
/** Workgroups that keep a large GPU busy. */
const ENOUGH = 1024;
/** Positions that are worth a workgroup. */
const LEAST_POSITIONS = 256;
/** Strips of positions that are summed side by side, at most. */
const STRIPS = 256;

const UNIFORMS = {
  height: 'i32',
  width: 'i32',
  channels: 'i32',
  outHeight: 'i32',
  outWidth: 'i32',
  outputs: 'i32',
  filterWidth: 'i32',
  stride: 'i32',
  top: 'i32',
  left: 'i32',
  /** Filter values per output. */
  values: 'i32',
  /** Of all outputs of all images. */
  positions: 'i32',
  /** Of a strip, a multiple of DEPTH. */
  length: 'i32',
  strips: 'i32',
} as const;

/**
 * dW[y, x, c, h] = sum over positions p of X[stride p + (y, x) - before, c] dY[p, h]: the product of a matrix [values, positions] that is
 * never written, and dY [positions, outputs]. Positions are shared out to strips, whose products stand behind each other in `result`.
 */
const product: Shader = {
  name: 'filter gradient',
  uniforms: UNIFORMS,
  threads: THREADS,
  code: `
    var<workgroup> seen : array<array<f32, ${TILE}>, ${DEPTH}>;
    var<workgroup> given : array<array<f32, ${TILE}>, ${DEPTH}>;

    fn inputAt(position : i32, tap : vec2<i32>, channel : i32) -> f32 {
      let column = (position % uniforms.outWidth) * uniforms.stride + tap.y - uniforms.left;
      let line = position / uniforms.outWidth;
      let row = (line % uniforms.outHeight) * uniforms.stride + tap.x - uniforms.top;
      if (row < 0 || row >= uniforms.height || column < 0 || column >= uniforms.width) { return 0.0; }
      let image = line / uniforms.outHeight;
      return x[((image * uniforms.height + row) * uniforms.width + column) * uniforms.channels + channel];
    }

    fn main(index : i32) {
      let group = index / ${THREADS};
      let across = (uniforms.outputs + ${TILE - 1}) / ${TILE};
      let down = (uniforms.values + ${TILE - 1}) / ${TILE};
      let firstOutput = (group % across) * ${TILE};
      let firstValue = (group / across % down) * ${TILE};
      let strip = group / across / down;
      let begin = strip * uniforms.length;
      let end = min(begin + uniforms.length, uniforms.positions);

      // What this thread fetches: one value and one output, of every fourth position.
      let thread = i32(localId.x);
      let lane = thread % ${TILE};
      let value = firstValue + lane;
      let channel = value % uniforms.channels;
      let tap = vec2<i32>(value / uniforms.channels / uniforms.filterWidth, value / uniforms.channels % uniforms.filterWidth);
      let output = firstOutput + lane;

      let row = thread / ${TILE / 4} * 4;
      let column = thread % ${TILE / 4} * 4;
      var sums = array<vec4<f32>, 4>();
      for (var step = 0; step < uniforms.length; step = step + ${DEPTH}) {
        workgroupBarrier();
        for (var depth = thread / ${TILE}; depth < ${DEPTH}; depth = depth + ${THREADS / TILE}) {
          let position = begin + step + depth;
          var one = 0.0;
          var other = 0.0;
          if (position < end) {
            if (value < uniforms.values) { one = inputAt(position, tap, channel); }
            if (output < uniforms.outputs) { other = dy[position * uniforms.outputs + output]; }
          }
          seen[depth][lane] = one;
          given[depth][lane] = other;
        }
        workgroupBarrier();
        for (var depth = 0; depth < ${DEPTH}; depth = depth + 1) {
          let right = vec4<f32>(given[depth][column], given[depth][column + 1], given[depth][column + 2], given[depth][column + 3]);
          sums[0] = sums[0] + seen[depth][row] * right;
          sums[1] = sums[1] + seen[depth][row + 1] * right;
          sums[2] = sums[2] + seen[depth][row + 2] * right;
          sums[3] = sums[3] + seen[depth][row + 3] * right;
        }
      }
      for (var r = 0; r < 4; r = r + 1) {
        for (var c = 0; c < 4; c = c + 1) {
          let v = firstValue + row + r;
          let o = firstOutput + column + c;
          if (strip < uniforms.strips && v < uniforms.values && o < uniforms.outputs) {
            result[(strip * uniforms.values + v) * uniforms.outputs + o] = sums[r][c];
          }
        }
      }
    }`,
};

const sumOfStrips = elementwise(
  'filter gradient: sum',
  { strips: 'i32' },
  `
    var sum = 0.0;
    for (var strip = 0; strip < uniforms.strips; strip = strip + 1) { sum = sum + partial[strip * uniforms.size + index]; }
    return sum;`,
);

interface Attributes {
  strides: number;
  pad: 'same';
  filterShape: [number, number, number, number];
}

function filterGradient(
  backend: GpuBackend,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  { strides: stride, pad, filterShape }: Attributes,
): tf.TensorInfo {
  const info = tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filterShape,
    stride,
    1,
    pad,
  );
  const [filterHeight, filterWidth, channels, outputs] = filterShape;
  const values = filterHeight * filterWidth * channels;
  const positions = info.batchSize * info.outHeight * info.outWidth;
  const tiles = Math.ceil(values / TILE) * Math.ceil(outputs / TILE);
  const wanted = Math.min(Math.ceil(ENOUGH / tiles), Math.ceil(positions / LEAST_POSITIONS), STRIPS);
  const length = Math.ceil(positions / wanted / DEPTH) * DEPTH;
  const strips = Math.ceil(positions / length);
  const { inHeight: height, inWidth: width, outHeight, outWidth } = info;
  const { top, left } = info.padInfo;
  const partial = runShader(backend, product, {
    inputs: { x, dy },
    uniforms: {
      ...{ height, width, channels, outHeight, outWidth, outputs, filterWidth, stride, top, left },
      ...{ values, positions, length, strips },
    },
    shape: strips === 1 ? filterShape : [strips, ...filterShape],
    groups: tiles * strips,
  });
  if (strips === 1) return partial;
  const sum = runShader(backend, sumOfStrips, {
    inputs: { partial },
    uniforms: { strips },
    shape: filterShape,
  });
  backend.disposeData(partial.dataId);
  return sum;
}

/** Conv2DBackpropFilter in tiles, in place of tfjs's, in which one thread adds up all positions of all images for a value. */
export function registerConvFilterGradient(): void {
  registerShaders<Record<'x' | 'dy', tf.TensorInfo>, Attributes>(
    tf.Conv2DBackpropFilter,
    (backend, { x, dy }, attributes) => filterGradient(backend, x, dy, attributes),
  );
}
