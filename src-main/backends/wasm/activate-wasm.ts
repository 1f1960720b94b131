import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerWasmKernels } from './register-kernels';

const resolver = createRequire(import.meta.url);

/**
 * Makes WebAssembly the active backend of this process, with the kernels that training needs.
 * @throws Error when the module cannot be loaded
 */
export async function activateWasm(): Promise<void> {
  const entry = resolver.resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(entry) + sep);
  if (!(await tf.setBackend('wasm'))) throw new Error('The WebAssembly backend could not be initialised.');
  await tf.ready();
  registerWasmKernels();
}

/** The active WebAssembly backend in words. */
export async function wasmDescription(): Promise<string> {
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return `CPU, WebAssembly${simd ? ' SIMD' : ' without SIMD'}, 1 thread`;
}
