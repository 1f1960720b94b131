import { availableParallelism } from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { STUDIO_VERSION } from '@shared/version';
import type { Activated } from '../provider';
import { cpuIdentity } from './cpu-identity';
import { BufferPool } from './buffer-pool';
import { CpuNativeBackend } from './cpu-native-backend';
import { loadAddon } from './load-addon';
import type { NativeKernels } from './native-kernels';
import { NATIVE_BACKEND, registerNativeKernels, stockKernels } from './register-kernels';

/** Instruction sets as people write them. */
const ISA_NAMES: Readonly<Record<string, string>> = {
  avx512: 'AVX-512',
  avx2: 'AVX2',
  neon: 'NEON',
  portable: 'portable',
};

/**
 * Makes the native kernels the active backend of this process.
 * @param threads how many compute; 0: one for each core
 * @throws StudioError native-absent, native-unusable
 */
export async function activateNative(threads = 0): Promise<Activated> {
  const native = loadAddon();
  native.setThreads(threads === 0 ? availableParallelism() : threads);
  registerNativeKernels(native);
  if (!tf.engine().registryFactory[NATIVE_BACKEND]) {
    tf.registerBackend(
      NATIVE_BACKEND,
      () => new CpuNativeBackend(new BufferPool((buffer) => native.alignment(buffer))),
    );
  }
  if (!(await tf.setBackend(NATIVE_BACKEND))) throw new Error('The native backend could not be initialised.');
  await tf.ready();
  return {
    description: describeNative(native),
    identity: cpuIdentity(`mcn_kernels ${STUDIO_VERSION}`),
    stock: stockKernels,
  };
}

/** "CPU, native kernels (AVX-512), 2 threads" */
function describeNative(native: NativeKernels): string {
  const isa = native.isa();
  const threads = native.threads();
  return `CPU, native kernels (${ISA_NAMES[isa] ?? isa}), ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
