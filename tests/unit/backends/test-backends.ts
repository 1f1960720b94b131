import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { activateNative } from '@main/backends/cpu/activate-native';
import { activateWebGpu } from '@main/backends/webgpu/activate-webgpu';
import { activateWasm } from '@main/backends/wasm/activate-wasm';
import { registerComposedKernels } from '@main/engine/model/kernels/register-composed';
import type { TestContext } from 'vitest';

/** tfjs's own backend in plain JavaScript: slow and simple, the yardstick of the others. */
async function activateReference(): Promise<void> {
  await tf.setBackend('cpu');
  registerComposedKernels('cpu');
}

const activations = {
  cpu: activateReference,
  wasm: activateWasm,
  'cpu-native': activateNative,
  webgpu: activateWebGpu,
} satisfies Record<string, () => Promise<unknown>>;

export type TestBackend = keyof typeof activations;

/** Every backend that all tests of kernels and of the engine run on. */
export const TEST_BACKENDS = ['cpu', 'wasm', 'cpu-native'] as const satisfies TestBackend[];

/** Every backend that the golden cases and the training kernels are checked on; the last one may be slow, imitated in software. */
export const ALL_BACKENDS = [...TEST_BACKENDS, 'webgpu'] as const satisfies TestBackend[];

/** Makes a backend the active one, with all kernels of a training step. */
export async function activate(backend: TestBackend): Promise<void> {
  await activations[backend]();
}

/**
 * For beforeEach: makes a backend the active one, or skips the test where there is no GPU for it, not even one in software.
 * @param whyNoWebGpu from webgpu/software-adapter.ts, which only tests on all backends load
 */
export async function activateOrSkip(
  backend: TestBackend,
  whyNoWebGpu: string,
  skip: TestContext['skip'],
): Promise<void> {
  if (backend === 'webgpu' && whyNoWebGpu) skip(whyNoWebGpu);
  await activate(backend);
}
