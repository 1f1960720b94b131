import type { DeviceIdentity, DeviceName } from '@shared/contract/device';
import type { StockKernels } from './cpu/stock-kernels';

/** A device that is the backend of this process now. */
export interface Activated {
  /** The device in words: "CPU, WebAssembly SIMD, 1 thread". */
  description: string;
  identity: DeviceIdentity;
  /** Kernels that it takes from a slower backend, as they run. */
  stock?: StockKernels;
}

/** A way to compute. */
export interface Provider {
  name: DeviceName;
  /** The device in words where it cannot be used, so that nothing more is known of it. */
  title: string;
  /**
   * Loads it and makes it the backend of this process.
   * @param threads how many compute, where they can be chosen; 0: one for each core
   * @throws StudioError why it cannot be used here, and what would help
   */
  activate(threads: number): Promise<Activated>;
}
