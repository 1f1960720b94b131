import * as tf from '@tensorflow/tfjs-core';

/** Time in one kernel. */
export interface KernelTime {
  name: string;
  calls: number;
  milliseconds: number;
}

/**
 * Times every kernel of the active backend while `work` runs. A kernel that calls others counts without them, so that times add up.
 * @returns kernels by time, the slowest first
 */
export async function profileKernels(work: () => Promise<void>): Promise<KernelTime[]> {
  const times = new Map<string, KernelTime>();
  const inner: number[] = [];
  const kernels = tf.getKernelsForBackend(tf.getBackend());
  for (const config of kernels) {
    const { kernelName, kernelFunc } = config;
    tf.unregisterKernel(kernelName, config.backendName);
    tf.registerKernel({
      ...config,
      kernelFunc: (parameters) => {
        inner.push(0);
        const began = performance.now();
        const result = kernelFunc(parameters);
        const all = performance.now() - began;
        const others = inner.pop()!;
        if (inner.length > 0) inner[inner.length - 1]! += all;
        const time = times.get(kernelName) ?? { name: kernelName, calls: 0, milliseconds: 0 };
        time.calls += 1;
        time.milliseconds += all - others;
        times.set(kernelName, time);
        return result;
      },
    });
  }
  try {
    await work();
  } finally {
    for (const config of kernels) {
      tf.unregisterKernel(config.kernelName, config.backendName);
      tf.registerKernel(config);
    }
  }
  return [...times.values()].sort((a, b) => b.milliseconds - a.milliseconds);
}
