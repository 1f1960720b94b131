import * as tf from '@tensorflow/tfjs-core';
import { registerComposedKernels } from '../../engine/model/kernels/register-composed';
import { loadPackage } from '../load-package';
import type { Activated } from '../provider';
import { createCheckedBackend, type WebGpuModule } from './checked-backend';
import { findAdapter, type GpuAdapter } from './dawn';
import { registerGpuKernels } from './kernels/register-kernels';

/** What tfjs registers its kernels for. */
const BACKEND = 'webgpu';

/** Limits that are worth raising to all that the adapter has. */
const RAISED = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
];

/** Loads tfjs's kernels; before there is a navigator.gpu, so that no backend of its own comes with them. */
async function register(from: string): Promise<{ adapter: GpuAdapter; version: string }> {
  const kernels = await loadPackage<WebGpuModule>('@tensorflow/tfjs-backend-webgpu', from);
  const found = await findAdapter(from);
  const { adapter } = found;
  const device = await adapter.requestDevice({
    requiredFeatures: [],
    requiredLimits: Object.fromEntries(RAISED.map((limit) => [limit, adapter.limits[limit]!])),
  });
  tf.registerBackend(BACKEND, () => createCheckedBackend(kernels.module, device, adapter.info));
  registerGpuKernels();
  registerComposedKernels(BACKEND);
  return { adapter, version: `Dawn ${found.version}, tfjs-backend-webgpu ${kernels.version}` };
}

/** What a person knows the GPU by, as far as Dawn tells. */
export function chipName({ device, description, vendor, architecture }: GpuAdapter['info']): string {
  const isNumber = /^(0x)?[0-9a-f]*$/i.test(device);
  const named = isNumber ? [] : [device];
  const known = [...named, description].filter(Boolean).join(', ');
  return known || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed';
}

let registered: ReturnType<typeof register> | null = null;

/**
 * Makes WebGPU the backend of this process, with the kernels of a training step as compositions of tfjs's.
 * @param from where the packages are looked for
 * @throws StudioError package-missing, package-unusable, vulkan-missing, no-adapter
 */
export async function activateWebGpu(from = import.meta.url): Promise<Activated> {
  registered ??= register(from);
  const { adapter, version } = await registered.catch((error: unknown) => {
    registered = null;
    throw error;
  });
  if (!(await tf.setBackend(BACKEND))) throw new Error('The WebGPU backend could not be initialised.');
  const chip = chipName(adapter.info);
  const software = adapter.info.isFallbackAdapter;
  return {
    description: `${software ? 'Software adapter' : 'GPU'} through WebGPU (${chip})`,
    identity: { version, adapter: chip, memory: null, software },
  };
}
