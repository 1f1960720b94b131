import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { cpuIdentity } from '../cpu/cpu-identity';
import type { Activated } from '../provider';
import { registerWasmKernels } from './register-kernels';

const resolver = createRequire(import.meta.url);

/**
 * Makes WebAssembly the active backend of this process, with the kernels that training needs.
 * @throws Error when the module cannot be loaded
 */
export async function activateWasm(): Promise<Activated> {
  const entry = resolver.resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(entry) + sep);
  if (!(await tf.setBackend('wasm'))) throw new Error('The WebAssembly backend could not be initialised.');
  await tf.ready();
  registerWasmKernels();
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return {
    description: `CPU, WebAssembly${simd ? ' SIMD' : ' without SIMD'}, 1 thread`,
    identity: cpuIdentity(`tfjs-backend-wasm ${version_wasm}`),
  };
}
