import { afterEach, beforeEach, expect, it } from 'vitest';
import { activateWebGpu } from '@main/backends/webgpu/activate-webgpu';
import { checkVulkanLoader } from '@main/backends/webgpu/vulkan-loader';
import { PackageFolder } from '../package-folder';
import { problemOf } from '../problem-of';

let folder: PackageFolder;

beforeEach(() => {
  folder = new PackageFolder();
});

afterEach(() => {
  folder.remove();
});

/** Dawn looks for Vulkan first. */
function whyNoVulkan(): string {
  try {
    checkVulkanLoader();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

it('WebGPU without its kernels names the package', async () => {
  expect(await problemOf(activateWebGpu(folder.from))).toMatchObject({
    code: 'package-missing',
    message: 'The package @tensorflow/tfjs-backend-webgpu is not installed.',
  });
});

it('WebGPU without Dawn names the package', async ({ skip }) => {
  if (whyNoVulkan()) skip(whyNoVulkan());
  folder.link('@tensorflow/tfjs-backend-webgpu');
  expect(await problemOf(activateWebGpu(folder.from))).toMatchObject({
    code: 'package-missing',
    message: 'The package webgpu is not installed.',
  });
});
