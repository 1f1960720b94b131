import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Folders where Chromium and Chrome have a Vulkan loader and SwiftShader, a driver that computes in software. */
const FOLDERS = ['/usr/lib/chromium', '/opt/google/chrome'];

const FILES = ['libvulkan.so.1', 'libvk_swiftshader.so', 'vk_swiftshader_icd.json'];

/** The first folder that has loader and driver; null when there is none. */
export function findSoftwareVulkan(folders = FOLDERS) {
  return folders.find((folder) => FILES.every((file) => existsSync(join(folder, file)))) ?? null;
}

/**
 * Environment for tests of WebGPU: Chromium's software driver, and its loader for machines that have none. Empty where there is no such
 * driver, where the person chose a driver (VK_DRIVER_FILES), and on systems that do not use Vulkan.
 */
export function softwareVulkan({ env = process.env, platform = process.platform, folders = FOLDERS } = {}) {
  const folder = findSoftwareVulkan(folders);
  if (platform !== 'linux' || !folder || env.VK_DRIVER_FILES || env.VK_ICD_FILENAMES) return {};
  const driver = join(folder, 'vk_swiftshader_icd.json');
  return {
    VK_DRIVER_FILES: driver,
    // The name of the same for loaders from before 2022.
    VK_ICD_FILENAMES: driver,
    LD_LIBRARY_PATH: [env.LD_LIBRARY_PATH, folder].filter(Boolean).join(delimiter),
  };
}
