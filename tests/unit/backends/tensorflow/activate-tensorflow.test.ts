import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activateTensorFlow } from '@main/backends/tensorflow/activate-tensorflow';
import { shimUtil } from '@main/backends/tensorflow/node-shims';
import { askNvidiaDriver, parseNvidiaSmi } from '@main/backends/tensorflow/nvidia-smi';
import { compileLibrary, whyNoCompiler } from '../compile-library';
import { PackageFolder } from '../package-folder';
import { problemOf } from '../problem-of';

const load = createRequire(import.meta.url);

const NAME = '@tensorflow/tfjs-node-gpu';
const BINDING = 'lib/napi-v8/tfjs_binding.node';

let folder: PackageFolder;

beforeEach(() => {
  folder = new PackageFolder();
});

afterEach(() => {
  vi.unstubAllEnvs();
  folder.remove();
});

describe('TensorFlow', () => {
  it('without its package is not usable', async () => {
    expect(await problemOf(activateTensorFlow(folder.from))).toMatchObject({
      code: 'package-missing',
      message: `The package ${NAME} is not installed.`,
    });
  });

  it('without its addon says that it has to be built', async () => {
    folder.install(NAME, {});
    expect(await problemOf(activateTensorFlow(folder.from))).toMatchObject({
      code: 'tensorflow-not-built',
      fix: expect.stringContaining('README'),
    });
  });

  it('with an addon that is none passes on what the linker says', async () => {
    folder.install(NAME, { [BINDING]: 'not a library' });
    const { code, message } = await problemOf(activateTensorFlow(folder.from));
    expect(code).toBe('tensorflow-library');
    expect(message).toMatch(/tfjs_binding\.node.*[^.]\.$/);
  });

  it('whose libraries are gone names the one that is missing', async ({ skip }) => {
    if (whyNoCompiler) skip(whyNoCompiler);
    const binding = join(folder.install(NAME, { [BINDING]: '' }), BINDING);
    const library = join(folder.dir, 'libtensorflow_framework.so.2');
    compileLibrary(library, 'int TF_Version(void) { return 2; }');
    compileLibrary(binding, 'extern int TF_Version(void); int version(void) { return TF_Version(); }', [
      library,
      '-Wl,-soname,tfjs_binding.node',
    ]);
    rmSync(library);
    expect(await problemOf(activateTensorFlow(folder.from))).toMatchObject({
      code: 'tensorflow-library',
      message: expect.stringMatching(/libtensorflow_framework\.so\.2: cannot open shared object file/),
      fix: expect.stringContaining('LD_LIBRARY_PATH'),
    });
  });
});

/** Puts a nvidia-smi that is a script where it is found first. */
function installNvidiaSmi(script: string): void {
  const file = join(folder.dir, 'bin', 'nvidia-smi');
  mkdirSync(join(folder.dir, 'bin'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  vi.stubEnv('PATH', `${join(folder.dir, 'bin')}${delimiter}${process.env.PATH!}`);
}

const H100 = 'NVIDIA H100 80GB HBM3, 81559\n';

describe.skipIf(process.platform === 'win32')("NVIDIA's driver", () => {
  it('tells its first GPU', () => {
    expect(parseNvidiaSmi(H100 + H100)).toEqual({
      adapter: 'NVIDIA H100 80GB HBM3',
      memory: 81559 * 2 ** 20,
    });
    installNvidiaSmi(`echo "${H100.trim()}"`);
    expect(askNvidiaDriver()).toEqual({ gpu: { adapter: 'NVIDIA H100 80GB HBM3', memory: 81559 * 2 ** 20 } });
  });

  it.each([
    ['that there is none', 'echo "No devices were found"', 'No devices were found'],
    ['that it does not run', 'echo "NVIDIA-SMI has failed.\nMore."; exit 9', 'NVIDIA-SMI has failed'],
    ['nothing', 'exit 1', 'nothing'],
  ])('tells %s', (_what, script, says) => {
    installNvidiaSmi(script);
    expect(askNvidiaDriver()).toEqual({ gpu: null, says });
  });

  it('is given up when it hangs', () => {
    installNvidiaSmi('exec sleep 60');
    expect(askNvidiaDriver(200)).toEqual({ gpu: null, says: 'no answer within 0.2 s' });
  });

  it('is not there', () => {
    vi.stubEnv('PATH', folder.dir);
    expect(askNvidiaDriver()).toBeNull();
  });
});

/** A package whose addon and backend work, without a GPU. */
function installWithoutGpu(): void {
  const binding = join(folder.install(NAME, { [BINDING]: '', 'index.js': backend() }), BINDING);
  compileLibrary(
    binding,
    'void* napi_register_module_v1(void* env, void* exports) { return exports; }\n' +
      'int node_api_module_get_api_version_v1(void) { return 8; }',
  );
}

/** What the package does when it is loaded, as far as the studio sees it. */
function backend(): string {
  return `
    const util = require('node:util');
    if (util.isNullOrUndefined(0) || !util.isArray([])) throw new Error('node:util is not as it was.');
    const tf = require(${JSON.stringify(load.resolve('@tensorflow/tfjs-core'))});
    class Backend extends tf.KernelBackend {
      binding = { TF_Version: '2.9.1' };
      isUsingGpuDevice = false;
    }
    tf.registerBackend('tensorflow', () => new Backend());`;
}

describe('TensorFlow without a GPU', () => {
  beforeEach(({ skip }) => {
    if (whyNoCompiler) skip(whyNoCompiler);
    installWithoutGpu();
  });

  it('says that there is no driver', async () => {
    vi.stubEnv('PATH', folder.dir);
    expect(await problemOf(activateTensorFlow(folder.from))).toMatchObject({
      code: 'no-cuda',
      message: expect.stringMatching(/^TensorFlow 2\.9\.1 works, .*driver is not installed/),
      fix: expect.stringContaining('Install'),
    });
  });

  it('says what the driver says', async () => {
    installNvidiaSmi('echo "No devices were found"');
    expect((await problemOf(activateTensorFlow(folder.from))).message).toContain(
      'nvidia-smi says: No devices were found.',
    );
  });

  it('says that the libraries are missing where the driver has one', async () => {
    installNvidiaSmi(`echo "${H100.trim()}"`);
    expect(await problemOf(activateTensorFlow(folder.from))).toMatchObject({
      message: expect.stringContaining("though NVIDIA's driver has one (NVIDIA H100 80GB HBM3)."),
      fix: expect.stringContaining('cuDNN'),
    });
  });
});

it('functions that Node 23 took out of node:util are back for the package, those that are there stay', () => {
  const util = load('node:util') as Record<string, unknown>;
  const before = { isNullOrUndefined: util.isNullOrUndefined, isArray: util.isArray };
  const own = () => true;
  try {
    delete util.isNullOrUndefined;
    util.isArray = own;
    shimUtil();
    const isNullOrUndefined = util.isNullOrUndefined as (value: unknown) => boolean;
    expect([null, undefined, 0, '', false].map(isNullOrUndefined)).toEqual([true, true, false, false, false]);
    expect(util.isArray).toBe(own);
  } finally {
    Object.assign(util, before);
  }
});
