import { createHash } from 'node:crypto';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { runQuietly } from './child.mjs';
import { tool } from './dependencies.mjs';
import { at, root, say, secondsText } from './project.mjs';
import { SetupError } from './setup-error.mjs';

const FOLDERS = ['src-shared', 'src-main', 'src-renderer'];
const FILES = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json'];

/** Says what the build in out/ was made of. */
const STAMP = at('out', 'made-from');

async function sourceFiles() {
  const entries = await Promise.all(
    FOLDERS.map((folder) => readdir(at(folder), { recursive: true, withFileTypes: true })),
  );
  const paths = entries.flat().filter((entry) => entry.isFile());
  return [
    ...paths.map((entry) => `${entry.parentPath}/${entry.name}`),
    ...FILES.map((file) => at(file)),
  ].sort();
}

/** One number for all sources: contents, not times, which a checkout changes. */
async function fingerprint() {
  const hash = createHash('sha256');
  for (const file of await sourceFiles()) {
    hash.update(`${relative(root, file)}\0`).update(
      createHash('sha256')
        .update(await readFile(file))
        .digest(),
    );
  }
  return hash.digest('hex');
}

async function builtFrom() {
  try {
    return await readFile(STAMP, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Builds the studio into out/ when its sources are not those of the last complete build.
 * @throws SetupError with what the build says
 */
export async function ensureBuild() {
  const wanted = await fingerprint();
  if ((await builtFrom()) === wanted) return;
  say('Building ...');
  const began = performance.now();
  await rm(STAMP, { force: true });
  const args = [tool('electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'];
  const { code, output } = await runQuietly(process.execPath, args);
  if (code !== 0)
    throw new SetupError(`${output.trim()}\n\nThe build failed; what it says above names the place.`);
  await writeFile(STAMP, wanted);
  say(`Built in ${secondsText(performance.now() - began)}.`);
}
