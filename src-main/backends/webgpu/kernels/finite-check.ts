import type { TensorInfo } from '@tensorflow/tfjs-core';
import { FINITE_CHECK } from '../../../engine/model/kernels/finite-check';
import { registerShaders, runShader, type GpuBackend, type Shader } from './shader';
import { sumOfGroup } from './sum-of-group';

const THREADS = 256;
/** Workgroups that look at one tensor side by side. */
const GROUPS = 64;
/** Tensors of one shader: WebGPU promises eight buffers, of which two are the flags before and after. */
const TENSORS = 6;

/** 0 for a finite number, otherwise 1; told by the bits, since shaders may be compiled as if there were no NaN. */
const IS_BAD = `
  fn isBad(value : f32) -> f32 {
    return select(0.0, 1.0, (bitcast<u32>(value) & 0x7f800000u) == 0x7f800000u);
  }`;

function nameOf(tensor: number): string {
  return `x${tensor}`;
}

/** Counts, in every workgroup, values of `count` tensors that are no finite numbers, on top of those found before. */
function look(count: number): Shader {
  const tensors = Array.from({ length: count }, (_, tensor) => tensor);
  const loop = (tensor: number): string => `
    for (var at = index; at < uniforms.size${tensor}; at = at + ${GROUPS * THREADS}) {
      bad = bad + isBad(${nameOf(tensor)}[at]);
    }`;
  return {
    name: `finite check of ${count}`,
    uniforms: Object.fromEntries(tensors.map((tensor) => [`size${tensor}`, 'i32'])),
    threads: THREADS,
    code: `
      ${IS_BAD}
      ${sumOfGroup(THREADS)}
      fn main(index : i32) {
        var bad = 0.0;
        ${tensors.map(loop).join('')}
        bad = sumOfGroup(bad);
        if (localId.x == 0u) { result[index / ${THREADS}] = found[index / ${THREADS}] + bad; }
      }`,
  };
}

const verdict: Shader = {
  name: 'finite check: verdict',
  threads: GROUPS,
  code: `
    ${sumOfGroup(GROUPS)}
    fn main(index : i32) {
      let bad = sumOfGroup(found[localId.x]);
      if (index == 0) { result[0] = select(0.0, uniforms.NAN, bad > 0.0); }
    }`,
};

function sizeOf({ shape }: TensorInfo): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

function lookAt(backend: GpuBackend, tensors: readonly TensorInfo[], found: TensorInfo): TensorInfo {
  const entries = tensors.map((tensor, index) => [nameOf(index), tensor] as const);
  const after = runShader(backend, look(tensors.length), {
    inputs: { found, ...Object.fromEntries(entries) },
    uniforms: Object.fromEntries(tensors.map((tensor, index) => [`size${index}`, sizeOf(tensor)])),
    shape: [GROUPS],
    groups: GROUPS,
  });
  backend.disposeData(found.dataId);
  return after;
}

/** FiniteCheck as one shader for every six tensors, and one that sums up. */
export function registerFiniteCheck(): void {
  registerShaders<Record<string, TensorInfo>>(FINITE_CHECK, (backend, inputs) => {
    const tensors = Object.values(inputs);
    let found = backend.makeTensorInfo([GROUPS], 'float32', new Float32Array(GROUPS));
    for (let first = 0; first < tensors.length; first += TENSORS) {
      found = lookAt(backend, tensors.slice(first, first + TENSORS), found);
    }
    const scalar = runShader(backend, verdict, { inputs: { found }, shape: [], groups: 1 });
    backend.disposeData(found.dataId);
    return scalar;
  });
}
