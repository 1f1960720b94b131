import { activateWebGpu } from '@main/backends/webgpu/activate-webgpu';

async function whyNotHere(): Promise<string> {
  try {
    await activateWebGpu();
    return '';
  } catch (error) {
    // A machine that is there for tests has a software adapter (src-main/setup/software-vulkan.mjs).
    if (process.env.CI === 'true') throw error;
    return (error as Error).message;
  }
}

/** Why tests on WebGPU are skipped; empty where it works. */
export const whyNoWebGpu = await whyNotHere();
