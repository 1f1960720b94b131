import type { TensorInfo } from '@tensorflow/tfjs-core';
import { FILTER_LOSS } from '../../../engine/model/kernels/filter-loss';
import { elementwise, registerShaders, runShader, type Shader } from './shader';
import { sumOfGroup } from './sum-of-group';

const THREADS = 256;

/** Per tap: A = sum c C^, B = sum C^ C^ and sum c c, which stand behind each other in `result`. */
const sumsOfTaps: Shader = {
  name: 'filter loss: sums',
  uniforms: { taps: 'i32', count: 'i32' },
  threads: THREADS,
  code: `
    ${sumOfGroup(THREADS)}
    fn main(index : i32) {
      let tap = index / ${THREADS};
      var mixed = 0.0;
      var binary = 0.0;
      var latent = 0.0;
      for (var at = i32(localId.x); at < uniforms.count && tap < uniforms.taps; at = at + ${THREADS}) {
        let one = c[tap * uniforms.count + at];
        let other = chat[tap * uniforms.count + at];
        mixed = mixed + one * other;
        binary = binary + other * other;
        latent = latent + one * one;
      }
      mixed = sumOfGroup(mixed);
      binary = sumOfGroup(binary);
      latent = sumOfGroup(latent);
      if (localId.x == 0u && tap < uniforms.taps) {
        result[tap] = mixed;
        result[uniforms.taps + tap] = binary;
        result[2 * uniforms.taps + tap] = latent;
      }
    }`,
};

/** S1 and S2 of a tap. */
const planeSums = `
  fn planeSums(tap : i32) -> vec2<f32> {
    var sums = vec2<f32>(0.0);
    for (var plane = 0; plane < uniforms.planes; plane = plane + 1) {
      let factor = m[plane * uniforms.taps + tap];
      sums = sums + vec2<f32>(factor, factor * factor);
    }
    return sums;
  }`;

const UNIFORMS = { taps: 'i32', planes: 'i32', count: 'i32', theta: 'f32' } as const;

/** Of one value, the loss: all taps in one thread, nine for the usual filter. */
function value(summed: boolean): Shader {
  return elementwise(
    `filter loss: value${summed ? ', summed' : ''}`,
    UNIFORMS,
    `
    var all = 0.0;
    for (var tap = 0; tap < uniforms.taps; tap = tap + 1) {
      let s = planeSums(tap);
      let copies = ${summed ? '1.0' : 'f32(uniforms.planes)'};
      let square = ${summed ? 's.x * s.x' : 's.y'};
      all = all + copies * sums[2 * uniforms.taps + tap] - 2.0 * s.x * sums[tap] + square * sums[uniforms.taps + tap];
    }
    return 0.5 * all;`,
    planeSums,
  );
}

function gradientOfC(summed: boolean, hasBase: boolean): Shader {
  return elementwise(
    `filter loss: dC${summed ? ', summed' : ''}${hasBase ? ', added' : ''}`,
    UNIFORMS,
    `
    let copies = ${summed ? '1.0' : 'f32(uniforms.planes)'};
    let own = copies * c[index] - chat[index] * planeSums(index / uniforms.count).x;
    return ${hasBase ? 'base[index] + ' : ''}uniforms.theta * own;`,
    planeSums,
  );
}

function gradientOfM(summed: boolean, hasBase: boolean): Shader {
  return elementwise(
    `filter loss: dM${summed ? ', summed' : ''}${hasBase ? ', added' : ''}`,
    UNIFORMS,
    `
    let tap = index % uniforms.taps;
    let factor = ${summed ? 'planeSums(tap).x' : 'm[index]'};
    let own = factor * sums[uniforms.taps + tap] - sums[tap];
    return ${hasBase ? 'base[index] + ' : ''}uniforms.theta * own;`,
    planeSums,
  );
}

type Inputs = Record<'c' | 'chat' | 'm', TensorInfo> & { baseC?: TensorInfo; baseM?: TensorInfo };

/** FilterLoss as four shaders. */
export function registerFilterLoss(): void {
  registerShaders<Inputs, { summed: boolean; theta: number }>(
    FILTER_LOSS,
    (backend, { c, chat, m, baseC, baseM }, { summed, theta }) => {
      const [planes, height, width] = m.shape as [number, number, number];
      const taps = height * width;
      const count = c.shape.reduce((product, axis) => product * axis, 1) / taps;
      const uniforms = { taps, planes, count, theta };
      const sums = runShader(backend, sumsOfTaps, {
        inputs: { c, chat },
        uniforms,
        shape: [3 * taps],
        groups: taps,
      });
      const outputs = [
        runShader(backend, value(summed), { inputs: { m, sums }, uniforms, shape: [] }),
        runShader(backend, gradientOfC(summed, baseC !== undefined), {
          inputs: { c, chat, m, ...(baseC && { base: baseC }) },
          uniforms,
          shape: c.shape,
        }),
        runShader(backend, gradientOfM(summed, baseM !== undefined), {
          inputs: { m, sums, ...(baseM && { base: baseM }) },
          uniforms,
          shape: m.shape,
        }),
      ];
      backend.disposeData(sums.dataId);
      return outputs;
    },
  );
}
