import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface Compiler {
  missingTools(options: { env: Record<string, string>; platform: string }): Promise<string | null>;
  compilerFix(platform: string): string;
  headerOptions(execPath: string): string[];
}

interface Fingerprint {
  filesBelow(folder: string): Promise<string[]>;
  fingerprint(files: readonly string[], also?: string): Promise<string>;
}

async function load<T>(file: string): Promise<T> {
  return (await import(
    /* @vite-ignore */ new URL(`../../../src-main/setup/${file}`, import.meta.url).href
  )) as T;
}

const { missingTools, compilerFix, headerOptions } = await load<Compiler>('compiler.mjs');
const { filesBelow, fingerprint } = await load<Fingerprint>('fingerprint.mjs');

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mcn-native-'));
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function put(path: string, text = ''): Promise<string> {
  const file = join(dir, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  await chmod(file, 0o755);
  return file;
}

describe('what native kernels are built with', () => {
  const env = (): Record<string, string> => ({ PATH: dir });

  it('is all there', async () => {
    for (const tool of ['g++', 'make', 'python3']) await put(tool);
    expect(await missingTools({ env: env(), platform: 'linux' })).toBeNull();
  });

  it('is named where it is missing', async () => {
    expect(await missingTools({ env: env(), platform: 'linux' })).toBe(
      'a C++ compiler (g++), make and Python 3',
    );
    for (const tool of ['g++', 'python3']) await put(tool);
    expect(await missingTools({ env: env(), platform: 'linux' })).toBe('make');
  });

  it('may be named by CXX and PYTHON', async () => {
    await put('make');
    const named = { ...env(), CXX: 'clang++', PYTHON: '/opt/python' };
    expect(await missingTools({ env: named, platform: 'linux' })).toBeNull();
  });

  it.each([
    ['linux', 'sudo apt-get install --yes g++ make python3'],
    ['darwin', 'xcode-select --install'],
    ['win32', 'winget install'],
    ['freebsd', 'a C++17 compiler'],
  ])('can be had on %s', (platform, command) => {
    expect(compilerFix(platform)).toContain(command);
  });

  it('takes the headers of Node from beside it', async () => {
    const node = await put('bin/node');
    expect(headerOptions(node)).toEqual([]);
    await put('include/node/node_api.h');
    expect(headerOptions(node)).toEqual([`--nodedir=${dir}`]);
  });
});

describe('a fingerprint of sources', () => {
  it('changes with contents, names and what else counts, not with the order or the times', async () => {
    const a = await put('a.cc', 'one');
    const b = await put('below/b.cc', 'two');
    const first = await fingerprint([a, b], 'x64');
    expect((await filesBelow(dir)).sort()).toEqual([a, b].sort());
    expect(await fingerprint([b, a], 'x64')).toBe(first);
    expect(await fingerprint([a, b], 'arm64')).not.toBe(first);
    await put('a.cc', 'one');
    expect(await fingerprint([a, b], 'x64')).toBe(first);
    await put('a.cc', 'three');
    expect(await fingerprint([a, b], 'x64')).not.toBe(first);
  });
});
