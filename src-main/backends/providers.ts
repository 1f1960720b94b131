import type { Provider } from './provider';

/** All ways to compute; each is loaded when it is activated. Of those that can be chosen automatically, the faster before the slower. */
export const providers: readonly Provider[] = [
  {
    name: 'cpu-native',
    title: 'CPU, native kernels',
    activate: async (threads) => (await import('./cpu/activate-native')).activateNative(threads),
  },
  {
    name: 'cpu-wasm',
    title: 'CPU, WebAssembly',
    activate: async () => (await import('./wasm/activate-wasm')).activateWasm(),
  },
  {
    name: 'webgpu',
    title: 'GPU through WebGPU',
    activate: async () => (await import('./webgpu/activate-webgpu')).activateWebGpu(),
  },
  {
    name: 'tensorflow',
    title: 'GPU through TensorFlow and CUDA',
    activate: async () => (await import('./tensorflow/activate-tensorflow')).activateTensorFlow(),
  },
];
