import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface SoftwareVulkanModule {
  softwareVulkan(options: {
    env: Record<string, string>;
    platform: string;
    folders: string[];
  }): Record<string, string>;
}

const { softwareVulkan } = (await import(
  /* @vite-ignore */ new URL('../../../src-main/setup/software-vulkan.mjs', import.meta.url).href
)) as SoftwareVulkanModule;

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mcn-vulkan-'));
  for (const file of ['libvulkan.so.1', 'libvk_swiftshader.so', 'vk_swiftshader_icd.json'])
    writeFileSync(join(dir, file), '');
});

afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

function found(env: Record<string, string>, platform = 'linux'): Record<string, string> {
  return softwareVulkan({ env, platform, folders: [join(dir, 'nothing'), dir] });
}

describe('the software GPU of the tests', () => {
  it("is Chromium's driver, with its loader behind the libraries of the person", () => {
    const driver = join(dir, 'vk_swiftshader_icd.json');
    expect(found({})).toEqual({ VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: dir });
    expect(found({ LD_LIBRARY_PATH: '/own' }).LD_LIBRARY_PATH).toBe(`/own${delimiter}${dir}`);
  });

  it('leaves a driver that the person chose, and systems without Vulkan', () => {
    expect(found({ VK_DRIVER_FILES: '/driver.json' })).toEqual({});
    expect(found({ VK_ICD_FILENAMES: '/driver.json' })).toEqual({});
    expect(found({}, 'darwin')).toEqual({});
  });

  it('is none where a part is missing', () => {
    rmSync(join(dir, 'libvk_swiftshader.so'));
    expect(found({})).toEqual({});
  });
});
