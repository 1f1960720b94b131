import { loadAddon } from '@main/backends/cpu/load-addon';
import type { NativeKernels } from '@main/backends/cpu/native-kernels';

function load(): { addon: NativeKernels | null; whyNot: string } {
  try {
    return { addon: loadAddon(), whyNot: '' };
  } catch (error) {
    // A machine that is there for tests has built it.
    if (process.env.CI === 'true') throw error;
    return { addon: null, whyNot: (error as Error).message };
  }
}

/** The addon, or why tests that need it are skipped. */
export const { addon, whyNot } = load();
