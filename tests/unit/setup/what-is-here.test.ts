import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface Setup {
  areDependenciesCurrent(folder: string): Promise<boolean>;
  findElectron(options: object): { path?: string; reason?: string };
  findChromium(options: object): string | null;
  checkNode(version: string): void;
}

async function load(file: string): Promise<Setup> {
  return (await import(
    /* @vite-ignore */ new URL(`../../../src-main/setup/${file}`, import.meta.url).href
  )) as Setup;
}

const { areDependenciesCurrent } = await load('dependencies.mjs');
const { findElectron } = await load('electron-binary.mjs');
const { findChromium } = await load('chromium.mjs');
const { checkNode } = await load('prepare.mjs');

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mcn-setup-'));
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

describe('packages', () => {
  const wanted = {
    '': { name: 'mcn-studio' },
    'node_modules/zod': { version: '4.0.0' },
    'node_modules/tensor': { version: '1.0.0', optional: true },
  };

  async function project(installed: object | null): Promise<string> {
    await writeFile(join(dir, 'package-lock.json'), JSON.stringify({ packages: wanted }));
    await mkdir(join(dir, 'node_modules'), { recursive: true });
    const list = join(dir, 'node_modules', '.package-lock.json');
    if (installed) await writeFile(list, JSON.stringify({ packages: installed }));
    return dir;
  }

  it.each([
    [
      'all are there',
      true,
      { 'node_modules/zod': { version: '4.0.0' }, 'node_modules/tensor': { version: '1.0.0' } },
    ],
    ['an optional one could not be had', true, { 'node_modules/zod': { version: '4.0.0' } }],
    ['one is of another version', false, { 'node_modules/zod': { version: '3.9.0' } }],
    ['one is missing', false, { 'node_modules/tensor': { version: '1.0.0' } }],
    ['an install broke off', false, null],
  ])('when %s: current is %s', async (_what, current, installed) => {
    expect(await areDependenciesCurrent(await project(installed))).toBe(current);
  });

  it('cannot be judged without package-lock.json', async () => {
    await expect(areDependenciesCurrent(dir)).rejects.toThrow('package-lock.json is missing');
  });
});

describe('Electron', () => {
  async function withBinary(): Promise<string> {
    await mkdir(join(dir, 'dist'));
    await writeFile(join(dir, 'dist', 'electron'), '');
    await writeFile(join(dir, 'path.txt'), 'electron');
    return dir;
  }
  const display = { DISPLAY: ':0' };

  it('is found without a download', async () => {
    const folder = await withBinary();
    const found = findElectron({ folder, env: display, platform: 'linux', user: 1000 });
    expect(found).toEqual({ path: `${folder}/dist/electron` });
  });

  it('says how to get its binary', () => {
    expect(findElectron({ folder: dir, env: display, platform: 'linux', user: 1000 }).reason).toContain(
      'npx install-electron',
    );
  });

  it.each([
    ['linux', {}, 1000, /no display/],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
    ['linux', display, 0, /root/],
    ['darwin', {}, 501, null],
    ['win32', {}, undefined, null],
  ])('on %s with %o as user %s', async (platform, env, user, reason) => {
    const found = findElectron({ folder: await withBinary(), env, platform, user });
    if (reason) expect(found.reason).toMatch(reason);
    else expect(found.path).toBeDefined();
  });
});

describe('Chromium', () => {
  it('is taken from the path, and MCN_CHROMIUM goes first', async () => {
    const onPath = join(dir, 'google-chrome');
    const named = join(dir, 'my-chrome');
    for (const file of [onPath, named]) {
      await writeFile(file, '');
      await chmod(file, 0o755);
    }
    expect(findChromium({ env: { PATH: dir }, platform: 'linux' })).toBe(onPath);
    expect(findChromium({ env: { PATH: dir, MCN_CHROMIUM: named }, platform: 'linux' })).toBe(named);
  });

  it('is not replaced by another one when MCN_CHROMIUM names nothing', async () => {
    await writeFile(join(dir, 'chromium'), '');
    const env = { PATH: dir, MCN_CHROMIUM: join(dir, 'none') };
    expect(findChromium({ env, platform: 'linux' })).toBeNull();
  });
});

describe('Node', () => {
  it.each(['18.20.0', '20.18.3'])('%s is too old', (version) => {
    expect(() => {
      checkNode(version);
    }).toThrow('needs Node 20.19 or newer');
  });

  it.each(['20.19.0', '22.0.0'])('%s is new enough', (version) => {
    expect(() => {
      checkNode(version);
    }).not.toThrow();
  });
});
