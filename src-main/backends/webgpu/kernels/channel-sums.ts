import type { TensorInfo } from '@tensorflow/tfjs-core';
import { elementwise, runShader, type GpuBackend, type Shader } from './shader';

/** Channels that a workgroup looks at side by side, so that its threads read neighbouring values, and rows at once. */
const CHANNELS = 32;
const LANES = 8;
const THREADS = CHANNELS * LANES;
/** Strips of rows that are summed side by side, at most. */
const STRIPS = 64;

/** Sums over all rows, two for every channel, still in strips: [strip, 2, channel]. */
export interface ChannelSums {
  partial: TensorInfo;
  strips: number;
  rows: number;
  channels: number;
}

/**
 * A shader for {@link sumChannels}.
 * @param terms WGSL that sets the two numbers `first` and `second`, to be summed, from the place `at` of a value and its `channel`
 */
export function channelSums(name: string, terms: string): Shader {
  return {
    name,
    uniforms: { rows: 'i32', channels: 'i32', strips: 'i32', blocks: 'i32' },
    threads: THREADS,
    code: `
      var<workgroup> parts : array<vec2<f32>, ${THREADS}>;
      fn main(index : i32) {
        let group = index / ${THREADS};
        let strip = group / uniforms.blocks;
        let channel = (group % uniforms.blocks) * ${CHANNELS} + i32(localId.x) % ${CHANNELS};
        let lane = i32(localId.x) / ${CHANNELS};
        var sums = vec2<f32>(0.0);
        if (channel < uniforms.channels) {
          for (var row = strip * ${LANES} + lane; row < uniforms.rows; row = row + uniforms.strips * ${LANES}) {
            let at = row * uniforms.channels + channel;
            var first = 0.0;
            var second = 0.0;
            ${terms}
            sums = sums + vec2<f32>(first, second);
          }
        }
        parts[localId.x] = sums;
        workgroupBarrier();
        for (var half = ${LANES / 2}; half > 0; half = half / 2) {
          if (lane < half) { parts[localId.x] = parts[localId.x] + parts[i32(localId.x) + half * ${CHANNELS}]; }
          workgroupBarrier();
        }
        if (lane == 0 && channel < uniforms.channels && strip < uniforms.strips) {
          result[2 * strip * uniforms.channels + channel] = parts[localId.x].x;
          result[(2 * strip + 1) * uniforms.channels + channel] = parts[localId.x].y;
        }
      }`,
  };
}

/** Sums two numbers for every value of x over all rows, channels being its last axis. The caller disposes `partial`. */
export function sumChannels(
  backend: GpuBackend,
  shader: Shader,
  x: TensorInfo,
  inputs: Readonly<Record<string, TensorInfo>>,
): ChannelSums {
  const channels = x.shape.at(-1)!;
  const rows = x.shape.slice(0, -1).reduce((product, axis) => product * axis, 1);
  const strips = Math.min(STRIPS, Math.ceil(rows / LANES));
  const blocks = Math.ceil(channels / CHANNELS);
  const partial = runShader(backend, shader, {
    inputs,
    uniforms: { rows, channels, strips, blocks },
    shape: [strips, 2, channels],
    groups: strips * blocks,
  });
  return { partial, strips, rows, channels };
}

/** A shader for {@link finishSums}. @param value WGSL that gives the number of a channel, `index`, from its sums `first` and `second` */
export function finisher(name: string, value: string): Shader {
  return elementwise(
    name,
    { strips: 'i32', rows: 'f32' },
    `
    var first = 0.0;
    var second = 0.0;
    for (var strip = 0; strip < uniforms.strips; strip = strip + 1) {
      first = first + partial[2 * strip * uniforms.size + index];
      second = second + partial[(2 * strip + 1) * uniforms.size + index];
    }
    ${value}`,
  );
}

/** A number of every channel. */
export function finishSums(
  backend: GpuBackend,
  shader: Shader,
  { partial, strips, rows, channels }: ChannelSums,
  inputs: Readonly<Record<string, TensorInfo>> = {},
): TensorInfo {
  return runShader(backend, shader, {
    inputs: { partial, ...inputs },
    uniforms: { strips, rows },
    shape: [channels],
  });
}
