import { StudioError } from '@shared/problem';
import { loadPackage } from '../load-package';
import { checkVulkanLoader } from './vulkan-loader';

/** What the studio uses of a WebGPU device. */
export interface GpuDevice {
  addEventListener(type: 'uncapturederror', listener: (event: { error: Error }) => void): void;
  readonly lost: Promise<{ reason: string; message: string }>;
}

/** What the studio uses of a WebGPU adapter. */
export interface GpuAdapter {
  readonly info: Readonly<{
    vendor: string;
    architecture: string;
    /** Its name with hyphens, "nvidia-h100-80gb-hbm3", or a number where Dawn has no name for it. */
    device: string;
    /** With NVIDIA's driver that of the driver. */
    description: string;
    isFallbackAdapter: boolean;
  }>;
  readonly features: ReadonlySet<string>;
  readonly limits: Readonly<Record<string, number>>;
  requestDevice(descriptor: {
    requiredFeatures: string[];
    requiredLimits: Record<string, number>;
  }): Promise<GpuDevice>;
}

interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<GpuAdapter | null>;
}

/** The package `webgpu`: Dawn, the WebGPU of Chromium, for Node. */
interface DawnModule {
  create(options: string[]): Gpu;
  /** Constants and classes that WebGPU wants to be global. */
  globals: object;
}

/** WebGPU without a GPU that it could use. */
function noAdapter(): StudioError {
  const linux = process.platform === 'linux';
  return new StudioError({
    code: 'no-adapter',
    message: linux
      ? 'Dawn finds no GPU: Vulkan is installed, but has no driver that Dawn accepts.'
      : 'Dawn finds no GPU.',
    fix: linux
      ? 'Install the Vulkan driver of your GPU; on Debian and Ubuntu: mesa-vulkan-drivers for AMD and Intel, nvidia-driver for NVIDIA.'
      : 'Install the current driver of your GPU.',
  });
}

/**
 * Loads Dawn and finds the fastest GPU. What tfjs looks for in a browser is there afterwards: navigator.gpu, and WebGPU's constants.
 * @param from where the package is looked for
 * @throws StudioError package-missing, package-unusable, vulkan-missing, no-adapter
 */
export async function findAdapter(from: string): Promise<{ adapter: GpuAdapter; version: string }> {
  checkVulkanLoader();
  const { module, version } = await loadPackage<DawnModule>('webgpu', from);
  const gpu = module.create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw noAdapter();
  Object.assign(globalThis, module.globals);
  // Node has a navigator of its own from version 21 on, which cannot be assigned to.
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  return { adapter, version };
}
