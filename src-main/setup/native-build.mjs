import { cp, mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { runQuietly } from './child.mjs';
import { headerOptions } from './compiler.mjs';
import { tool } from './dependencies.mjs';
import { filesBelow } from './fingerprint.mjs';
import { at } from './project.mjs';

const ADDON = 'src-main/backends/cpu';
/** What the addon is made of, and what the program that checks its kernels is made of besides. */
const SOURCES = [`${ADDON}/binding.gyp`, `${ADDON}/native`];
const CHECKS = 'tests/native';

/** Files that a build of the addon depends on; what node-gyp is told stands in this one. */
export async function nativeSources() {
  const [gyp, folder] = SOURCES;
  return [at(gyp), ...(await filesBelow(at(folder))), at('src-main', 'setup', 'native-build.mjs')];
}

/** node-gyp builds beside its sources, where it would be taken for a part of them: they are copied first. Their times stay, for make. */
async function stage(folder, sources) {
  for (const source of sources) {
    await rm(`${folder}/${source}`, { recursive: true, force: true });
    await cp(at(source), `${folder}/${source}`, { recursive: true, preserveTimestamps: true });
  }
}

function gyp(command, cwd, options) {
  return runQuietly(process.execPath, [tool('node-gyp', 'bin', 'node-gyp.js'), command, ...options], { cwd });
}

/**
 * Compiles the addon, or with `checks` also the program that checks its kernels, under AddressSanitizer and UBSan. Compiles only what
 * changed since the last time.
 * @returns exit code, what the compiler said, and the folder with what was built
 */
export async function compileNative({ checks = false } = {}) {
  const folder = at('.cache', checks ? 'native-checks' : 'native');
  await mkdir(folder, { recursive: true });
  await stage(folder, checks ? [...SOURCES, CHECKS] : SOURCES);
  const cwd = `${folder}/${ADDON}`;
  const variables = checks ? ['-Dchecks=1', '-Dsanitize=1'] : [];
  const configured = await gyp('configure', cwd, [...headerOptions(), '--', ...variables]);
  if (configured.code !== 0) return { ...configured, built: null };
  const { code, output } = await gyp('build', cwd, [`--jobs=${availableParallelism()}`]);
  return { code, output: configured.output + output, built: `${cwd}/build/Release` };
}
