import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';

/**
 * The kernels of the base backend that ran, with the time they took: what is not native yet. Those that hand on an input as it is
 * (reshapes) compute nothing and are not among them.
 */
export class StockKernels {
  readonly #milliseconds = new Map<string, number>();

  /** A kernel that is counted when it runs. */
  counted(name: string, kernel: KernelFunc): KernelFunc {
    return (parameters) => {
      const began = performance.now();
      const result = kernel(parameters);
      const inputs = Object.values(parameters.inputs) as (TensorInfo | undefined)[];
      if (!Array.isArray(result) && inputs.some((input) => input?.dataId === result.dataId)) return result;
      this.#milliseconds.set(name, (this.#milliseconds.get(name) ?? 0) + performance.now() - began);
      return result;
    };
  }

  /** Forgets what ran. */
  clear(): void {
    this.#milliseconds.clear();
  }

  /** What ran since it was cleared, the slowest first. */
  names(): string[] {
    return [...this.#milliseconds].sort(([, a], [, b]) => b - a).map(([name]) => name);
  }
}
