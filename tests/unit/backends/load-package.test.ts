import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPackage } from '@main/backends/load-package';
import { PackageFolder } from './package-folder';
import { problemOf } from './problem-of';

let folder: PackageFolder;

beforeEach(() => {
  folder = new PackageFolder();
});

afterEach(() => {
  folder.remove();
});

describe('an optional package', () => {
  it('is loaded with its version', async () => {
    folder.install('webgpu', { 'index.js': 'exports.answer = 42;' });
    const { module, version } = await loadPackage<{ answer: number }>('webgpu', folder.from);
    expect([module.answer, version]).toEqual([42, '1.2.3']);
  });

  it('that is missing is named', async () => {
    expect(await problemOf(loadPackage('webgpu', folder.from))).toMatchObject({
      code: 'package-missing',
      message: 'The package webgpu is not installed.',
      fix: expect.stringContaining('npm install'),
    });
  });

  it('that cannot be loaded says why', async () => {
    folder.install('webgpu', {
      'index.js': "process.dlopen({ exports: {} }, require.resolve('./dawn.node'));",
      'dawn.node': 'not a library',
    });
    const { code, message } = await problemOf(loadPackage('webgpu', folder.from));
    expect(code).toBe('package-unusable');
    expect(message).toMatch(/^The package webgpu cannot be loaded: .*dawn\.node.*\.$/);
  });

  it('that lacks one of its own packages names that one, without where it was looked for', async () => {
    folder.install('webgpu', { 'index.js': "require('dawn-of-nowhere');" });
    const { message } = await problemOf(loadPackage('webgpu', folder.from));
    expect(message).toBe("The package webgpu cannot be loaded: Cannot find module 'dawn-of-nowhere'.");
  });
});
