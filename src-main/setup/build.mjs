import { rm, writeFile } from 'node:fs/promises';
import { runQuietly } from './child.mjs';
import { tool } from './dependencies.mjs';
import { filesBelow, fingerprint, readStamp } from './fingerprint.mjs';
import { at, say, secondsText } from './project.mjs';
import { SetupError } from './setup-error.mjs';

const FOLDERS = ['src-shared', 'src-main', 'src-renderer'];
const FILES = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json'];

/** Says what the build in out/ was made of. */
const STAMP = at('out', 'made-from');

async function sourceFiles() {
  const below = await Promise.all(FOLDERS.map((folder) => filesBelow(at(folder))));
  return [...below.flat(), ...FILES.map((file) => at(file))];
}

/**
 * Builds the studio into out/ when its sources are not those of the last complete build.
 * @throws SetupError with what the build says
 */
export async function ensureBuild() {
  const wanted = await fingerprint(await sourceFiles());
  if ((await readStamp(STAMP)) === wanted) return;
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
