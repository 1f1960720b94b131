import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DeviceName, DeviceReport } from '@shared/contract/device';
import { STUDIO_VERSION } from '@shared/version';
import { locateHome } from '@main/services/home';
import { rememberDevices } from '@main/services/measured-devices';
import { mcn, startMcn, workFolder, type Finished } from './mcn';

const ADDON = fileURLToPath(new URL('../../out/native/mcn_kernels.node', import.meta.url));

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What the built studio says of every device. */
async function devices(): Promise<Record<DeviceName, DeviceReport>> {
  const { code, stderr, lines } = await mcn(workFolder(), 'devices', '--json');
  expect(code, stderr).toBe(0);
  const reports = lines() as unknown as DeviceReport[];
  return Object.fromEntries(reports.map((report) => [report.name, report])) as Record<
    DeviceName,
    DeviceReport
  >;
}

/** A folder with an addon that ends the process which loads it: the first part of the real one. */
function truncatedAddon(): string {
  const folder = workFolder();
  const bytes = readFileSync(ADDON);
  writeFileSync(join(folder, 'mcn_kernels.node'), bytes.subarray(0, bytes.length / 3));
  return folder;
}

/** Whether processes find Vulkan without the folder that the set-up adds for tests. */
function systemHasVulkan(): boolean {
  return spawnSync('ldconfig', ['-p'], { encoding: 'utf8' }).stdout.includes('libvulkan.so.1');
}

/** Takes Chromium's loader for Vulkan away. */
function withoutVulkanFolder(): void {
  const folders = (process.env.LD_LIBRARY_PATH ?? '').split(delimiter);
  const kept = folders.filter((folder) => !existsSync(join(folder, 'libvulkan.so.1')));
  vi.stubEnv('LD_LIBRARY_PATH', kept.join(delimiter));
}

/** Whether someone built TensorFlow's addon, so that it may well work. */
function tensorFlowIsBuilt(): boolean {
  return existsSync(
    fileURLToPath(
      new URL('../../node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node', import.meta.url),
    ),
  );
}

const NO_WASM = { NODE_OPTIONS: '--jitless' };
const NO_NATIVE = { MCN_NATIVE_FOLDER: '/nowhere' };
const NO_DRIVER = { VK_DRIVER_FILES: '/nowhere', VK_ICD_FILENAMES: '/nowhere' };

function stubEnvs(env: Record<string, string>): void {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
}

/** Runs a command that trains until a line is printed, and stops it with Ctrl-C then. */
function stoppedAt(type: string, home: string, args: readonly string[]): Promise<Finished> {
  const { child, finished } = startMcn(home, [...args, '--json']);
  let printed = '';
  child.stdout!.on('data', (data: Buffer) => {
    printed += data.toString();
    if (printed.includes(`"type":"${type}"`) && !child.killed) child.kill('SIGINT');
  });
  return finished;
}

it('a run that goes on keeps the device that it began on, though a faster one works by now', async ({
  skip,
}) => {
  if (!existsSync(ADDON)) skip('The native kernels are not built here.');
  const home = workFolder();
  const run = join(home, 'run');
  const device = () =>
    (JSON.parse(readFileSync(join(run, 'environment.json'), 'utf8')) as { device: object }).device;
  const standIn = { name: 'cpu-wasm', fellBack: { from: 'cpu-native' } };

  stubEnvs(NO_NATIVE);
  const small = ['--limit-train', '32', '--limit-test', '8', '--batch', '32', '--epochs', '500'];
  const train = ['train', '--preset', 'mcn-mnist-tiny', ...small, '--out', run];
  const stopped = await stoppedAt('checkpoint', home, train);
  expect(stopped.code, stopped.stderr).toBe(130);
  expect(device()).toMatchObject(standIn);

  vi.unstubAllEnvs();
  const resumed = await stoppedAt('plan', home, ['resume', run]);
  expect(resumed.code, resumed.stderr).toBe(130);
  expect(resumed.lines().find(({ type }) => type === 'plan')).toMatchObject({ device: 'cpu-wasm' });
  expect(resumed.stdout).not.toContain('device-fell-back');
  expect(device()).toMatchObject(standIn);
});

/** A device that was measured before. */
function measured(name: DeviceName, imagesPerSecond: number): DeviceReport {
  const identity = { version: '1', adapter: 'chip', memory: null, software: false };
  const speed = { imagesPerSecond, multiplyAdds: 1e6 };
  return { name, usable: true, description: name, identity, reason: null, fix: null, notNative: null, speed };
}

it('auto tries a GPU that was measured to be faster, and says why it computes elsewhere', async () => {
  const home = workFolder();
  const versions = { studio: STUDIO_VERSION, node: process.versions.node };
  await rememberDevices(locateHome(home), versions, [measured('cpu-wasm', 10), measured('webgpu', 1000)]);
  stubEnvs(NO_DRIVER);
  const run = join(home, 'run');
  const small = ['--limit-train', '8', '--limit-test', '8', '--batch', '8', '--epochs', '1', '--out', run];
  const trained = await mcn(home, 'train', '--preset', 'mcn-mnist-tiny', ...small, '--json');
  expect(trained.code, trained.stderr).toBe(0);
  expect(trained.lines().find(({ type }) => type === 'notice')).toMatchObject({
    problem: {
      code: 'device-fell-back',
      message: expect.stringMatching(
        /^The device webgpu does not work here, so the run computes on another one: CPU/,
      ),
    },
  });
  const environment = JSON.parse(readFileSync(join(run, 'environment.json'), 'utf8')) as object;
  expect(environment).toMatchObject({
    device: { name: expect.stringMatching(/^cpu-/), fellBack: { from: 'webgpu' } },
  });
});

describe.skipIf(process.platform !== 'linux')('devices that do not work', () => {
  it('are told with their reasons: native kernels that crash, no WebAssembly, no Vulkan', async ({
    skip,
  }) => {
    if (!existsSync(ADDON)) skip('The native kernels are not built here.');
    stubEnvs({ MCN_NATIVE_FOLDER: truncatedAddon(), ...NO_WASM, ...NO_DRIVER });
    withoutVulkanFolder();
    const found = await devices();
    expect(found['cpu-native']).toMatchObject({
      usable: false,
      reason: expect.stringMatching(/^Its trial failed\. .* ended unexpectedly \(SIG[A-Z]+\)\.$/),
      fix: 'Build the native kernels again: npm test -- native',
    });
    expect(found['cpu-wasm']).toMatchObject({
      usable: false,
      reason: 'WebAssembly is switched off in this process.',
      fix: expect.stringContaining('--jitless'),
    });
    expect(found.webgpu).toMatchObject({
      usable: false,
      reason: systemHasVulkan()
        ? 'Dawn finds no GPU: Vulkan is installed, but has no driver that Dawn accepts.'
        : 'Vulkan is not installed: there is no libvulkan.so.1.',
      fix: expect.stringContaining('mesa-vulkan-drivers'),
    });
  });

  it.for<[device: string, env: Record<string, string>, says: string]>([
    [
      'cpu-native',
      NO_NATIVE,
      'The device cpu-native does not work here. The native kernels are not built here.',
    ],
    ['cpu-wasm', NO_WASM, 'The device cpu-wasm does not work here. WebAssembly is switched off'],
    ['webgpu', NO_DRIVER, 'The device webgpu does not work here. '],
    ['tensorflow', {}, 'The device tensorflow does not work here. '],
    [
      'auto',
      { ...NO_NATIVE, ...NO_WASM },
      'The device cpu-wasm does not work here. WebAssembly is switched off',
    ],
  ])('are an error of the run, never another device: %s', async ([device, env, says], { skip }) => {
    if (device === 'tensorflow' && tensorFlowIsBuilt()) skip('TensorFlow is built here.');
    stubEnvs(env);
    const run = join(workFolder(), 'run');
    const small = ['--limit-train', '8', '--limit-test', '8', '--epochs', '1', '--out', run, '--json'];
    const train = ['train', '--preset', 'mcn-mnist-tiny', '--device', device, ...small];
    const { code, stderr, stdout } = await mcn(workFolder(), ...train);
    expect(code).toBe(1);
    expect(stderr).toContain(`error: ${says}`);
    expect(stdout).not.toContain('"type":"steps"');
    expect(existsSync(join(run, 'checkpoints', 'index.json'))).toBe(false);
  });
});
