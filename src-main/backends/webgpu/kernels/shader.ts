import * as tf from '@tensorflow/tfjs-core';

/** Types of uniforms and of values in WGSL. */
type Scalar = 'f32' | 'i32';

/**
 * A compute shader as tfjs's WebGPU backend compiles and runs it. All tensors are flat there: the output is `result`, an input is an array
 * by its name, and a uniform is `uniforms.name`. tfjs provides `localId`, `uniforms.size` (values of the output) and `uniforms.NAN`, and
 * keeps what it compiled under the name: shaders of one name have one code, for any sizes.
 */
export interface Shader {
  name: string;
  uniforms?: Readonly<Record<string, Scalar>>;
  /** Threads of a workgroup. */
  threads: number;
  /** WGSL with `fn main(index : i32)`, index being the number of the thread. */
  code: string;
}

/** What a shader is run on. */
export interface Run {
  inputs: Readonly<Record<string, tf.TensorInfo>>;
  uniforms?: Readonly<Record<string, number>>;
  /** Of the output. */
  shape: readonly number[];
  dtype?: 'float32' | 'int32';
  /** Workgroups; left out: as many as give each value of the output a thread. */
  groups?: number;
}

/** What the kernels use of tfjs's WebGPU backend. */
export interface GpuBackend {
  runWebGPUProgram(
    program: object,
    inputs: tf.TensorInfo[],
    dtype: string,
    uniforms: { type: string; data: number[] }[],
  ): tf.TensorInfo;
  makeTensorInfo(shape: number[], dtype: string, values: Float32Array): tf.TensorInfo;
  disposeData(dataId: object): boolean;
}

const THREADS = 64;

/** A shader that computes every value of its output on its own. @param value WGSL that gives the value of the output at `index` */
export function elementwise(
  name: string,
  uniforms: Readonly<Record<string, Scalar>>,
  value: string,
  functions = '',
): Shader {
  const code = `
    ${functions}
    fn valueAt(index : i32) -> ${VALUE} { ${value} }
    fn main(index : i32) { if (index < uniforms.size) { result[index] = valueAt(index); } }`;
  return { name, uniforms, threads: THREADS, code };
}

/** Stands in the code of a shader for the type of its values. */
const VALUE = '__value__';

const sizeOf = tf.util.sizeFromShape;

/** Runs a shader. The caller owns the output. */
export function runShader(backend: GpuBackend, shader: Shader, run: Run): tf.TensorInfo {
  const { inputs, shape, dtype = 'float32' } = run;
  const types = shader.uniforms ?? {};
  const size = sizeOf([...shape]);
  const code = shader.code.replaceAll(VALUE, dtype === 'int32' ? 'i32' : 'f32');
  const program = {
    variableNames: Object.keys(inputs),
    uniforms: Object.entries(types)
      .map(([name, type]) => `${name} : ${type}, `)
      .join(''),
    outputShape: [size],
    workgroupSize: [shader.threads, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [run.groups ?? Math.ceil(size / shader.threads), 1, 1],
    size: true,
    shaderKey: `mcn-studio ${shader.name}`,
    getUserCode: () => code,
  };
  const flat = Object.values(inputs).map((input) => ({ ...input, shape: [sizeOf(input.shape)] }));
  const uniforms = Object.entries(types).map(([name, type]) => ({
    type: type === 'f32' ? 'float32' : 'int32',
    data: [run.uniforms![name]!],
  }));
  const output = backend.runWebGPUProgram(program, flat, dtype, uniforms);
  return { ...output, shape: [...shape] };
}

type Compute<Inputs, Attributes> = (
  backend: GpuBackend,
  inputs: Inputs,
  attributes: Attributes,
) => tf.TensorInfo | tf.TensorInfo[];

/** Registers a kernel of shaders for tfjs's WebGPU backend, in the place of one that tfjs has itself. */
export function registerShaders<Inputs, Attributes = Record<string, never>>(
  kernelName: string,
  compute: Compute<Inputs, Attributes>,
): void {
  const backendName = 'webgpu';
  if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) =>
      compute(backend as unknown as GpuBackend, inputs as Inputs, attrs as Attributes),
  });
}
