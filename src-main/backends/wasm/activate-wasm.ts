import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { StudioError } from '@shared/problem';
import { cpuIdentity } from '../cpu/cpu-identity';
import type { Activated } from '../provider';
import { registerWasmKernels } from './register-kernels';

const resolver = createRequire(import.meta.url);

/** What tfjs cannot start; it tells why on stderr only. */
function unusable(): StudioError {
  return new StudioError({
    code: 'wasm-unusable',
    ...('WebAssembly' in globalThis
      ? {
          message: 'The WebAssembly backend could not be initialised.',
          fix: 'Install the packages again: "npm install" in the folder of the studio.',
        }
      : {
          message: 'WebAssembly is switched off in this process.',
          fix: 'Start Node without --jitless or --no-expose-wasm; NODE_OPTIONS may name them.',
        }),
  });
}

/**
 * Makes WebAssembly the active backend of this process, with the kernels that training needs.
 * @throws StudioError wasm-unusable
 */
export async function activateWasm(): Promise<Activated> {
  const entry = resolver.resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(entry) + sep);
  if (!(await tf.setBackend('wasm'))) throw unusable();
  await tf.ready();
  registerWasmKernels();
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return {
    description: `CPU, WebAssembly${simd ? ' SIMD' : ' without SIMD'}, 1 thread`,
    identity: cpuIdentity(`tfjs-backend-wasm ${version_wasm}`),
  };
}
