import { StudioError } from '@shared/problem';

const LOADER = 'libvulkan.so.1';

/**
 * Makes sure that this process can load Vulkan, which Dawn needs on Linux; other systems have GPU interfaces of their own. The loader is
 * no module of Node's, so that the attempt fails either way: what the dynamic linker says tells which.
 * @throws StudioError vulkan-missing
 */
export function checkVulkanLoader(library = LOADER): void {
  if (process.platform !== 'linux') return;
  try {
    process.dlopen({ exports: {} }, library);
  } catch (error) {
    if (!(error as Error).message.includes(`${library}: cannot open shared object file`)) return;
    throw new StudioError({
      code: 'vulkan-missing',
      message: `Vulkan is not installed: there is no ${library}.`,
      fix: 'Install it with the driver of your GPU; on Debian and Ubuntu: sudo apt-get install libvulkan1 mesa-vulkan-drivers (NVIDIA: its own driver).',
    });
  }
}
