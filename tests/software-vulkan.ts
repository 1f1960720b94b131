interface SoftwareVulkan {
  softwareVulkan(): Record<string, string>;
}

/** Lets the processes that run tests find a GPU imitated in software; the dynamic linker wants to know before they start. */
export async function setup(): Promise<void> {
  const file = new URL('../src-main/setup/software-vulkan.mjs', import.meta.url).href;
  const { softwareVulkan } = (await import(/* @vite-ignore */ file)) as SoftwareVulkan;
  Object.assign(process.env, softwareVulkan());
}
