import type { TensorInfo } from '@tensorflow/tfjs-core';
import { FACTOR_GRADIENT, RECONSTRUCT_FILTERS } from '../../../engine/model/kernels/modulation';
import { elementwise, registerShaders, runShader, type Shader } from './shader';
import { sumOfGroup } from './sum-of-group';

const THREADS = 256;
const UNIFORMS = { planes: 'i32', taps: 'i32', count: 'i32' } as const;

/** `count` filter values belong to a tap. */
const reconstructed = elementwise(
  'reconstruct filters',
  UNIFORMS,
  `
    let at = index / uniforms.planes;
    return chat[at] * m[(index % uniforms.planes) * uniforms.taps + at / uniforms.count];`,
);

const gradientOfFilters = elementwise(
  'factor gradient: dC^',
  UNIFORMS,
  `
    var sum = 0.0;
    for (var plane = 0; plane < uniforms.planes; plane = plane + 1) {
      sum = sum + dq[index * uniforms.planes + plane] * m[plane * uniforms.taps + index / uniforms.count];
    }
    return sum;`,
);

/** A workgroup for every value of M. */
const gradientOfModulation: Shader = {
  name: 'factor gradient: dM',
  uniforms: UNIFORMS,
  threads: THREADS,
  code: `
    ${sumOfGroup(THREADS)}
    fn main(index : i32) {
      let own = index / ${THREADS};
      let plane = own / uniforms.taps;
      let first = (own % uniforms.taps) * uniforms.count;
      var sum = 0.0;
      for (var at = i32(localId.x); at < uniforms.count && own < uniforms.size; at = at + ${THREADS}) {
        sum = sum + dq[(first + at) * uniforms.planes + plane] * chat[first + at];
      }
      sum = sumOfGroup(sum);
      if (localId.x == 0u && own < uniforms.size) { result[own] = sum; }
    }`,
};

function sizesOf(chat: TensorInfo, m: TensorInfo): Record<keyof typeof UNIFORMS, number> {
  const [planes, height, width] = m.shape as [number, number, number];
  const [, , channels, maps] = chat.shape as [number, number, number, number];
  return { planes, taps: height * width, count: channels * maps };
}

/** What stands between filters with M and filters of an ordinary convolution. */
export function registerModulation(): void {
  registerShaders<Record<'chat' | 'm', TensorInfo>>(RECONSTRUCT_FILTERS, (backend, { chat, m }) => {
    const [height, width, channels, maps] = chat.shape as [number, number, number, number];
    const uniforms = sizesOf(chat, m);
    const shape = [height, width, channels, maps * uniforms.planes];
    return runShader(backend, reconstructed, { inputs: { chat, m }, uniforms, shape });
  });
  registerShaders<Record<'dQ' | 'chat' | 'm', TensorInfo>>(FACTOR_GRADIENT, (backend, { dQ, chat, m }) => {
    const uniforms = sizesOf(chat, m);
    const groups = uniforms.planes * uniforms.taps;
    return [
      runShader(backend, gradientOfFilters, { inputs: { dq: dQ, m }, uniforms, shape: chat.shape }),
      runShader(backend, gradientOfModulation, {
        inputs: { dq: dQ, chat },
        uniforms,
        shape: m.shape,
        groups,
      }),
    ];
  });
}
