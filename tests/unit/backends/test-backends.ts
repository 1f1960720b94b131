import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { activateNative } from '@main/backends/cpu/activate-native';
import { activateWasm } from '@main/backends/wasm/activate-wasm';
import { registerComposedKernels } from '@main/engine/model/kernels/register-composed';

/** tfjs's own backend in plain JavaScript: slow and simple, the yardstick of the others. */
async function activateReference(): Promise<void> {
  await tf.setBackend('cpu');
  registerComposedKernels('cpu');
}

const activations = {
  cpu: activateReference,
  wasm: activateWasm,
  'cpu-native': activateNative,
} satisfies Record<string, () => Promise<unknown>>;

export type TestBackend = keyof typeof activations;

/** Every backend that tests of kernels and of the engine run on. */
export const TEST_BACKENDS = Object.keys(activations) as TestBackend[];

/** Makes a backend the active one, with all kernels of a training step. */
export async function activate(backend: TestBackend): Promise<void> {
  await activations[backend]();
}
