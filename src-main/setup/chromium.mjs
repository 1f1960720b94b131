import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installWithApt, mayInstall } from './apt.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where installers put Chrome on systems that do not put programs on the path. */
function usualPlaces(platform, env) {
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (platform !== 'win32') return [];
  return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    .filter(Boolean)
    .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'));
}

/** Path of a Chromium or Chrome for the end-to-end tests: MCN_CHROMIUM, the path, the usual places; null when there is none. */
export function findChromium({ env = process.env, platform = process.platform } = {}) {
  if (env.MCN_CHROMIUM) return existsSync(env.MCN_CHROMIUM) ? env.MCN_CHROMIUM : null;
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...usualPlaces(platform, env)].find((path) => existsSync(path)) ?? null;
}

const MISSING = `The end-to-end tests need Chromium or Chrome, and none was found. On Debian or Ubuntu:

  sudo apt-get update && sudo apt-get install --yes chromium

Elsewhere install Chrome, or name a browser: MCN_CHROMIUM=/path/to/chrome npm test`;

/**
 * Finds a browser for the tests; on a test machine (CI=true, root, Debian) installs one when there is none.
 * @returns its path, or what is missing and how to get it
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return { path: found };
  if (process.env.MCN_CHROMIUM)
    return { missing: `MCN_CHROMIUM names ${process.env.MCN_CHROMIUM}, where there is nothing.` };
  const problem = mayInstall() ? await installWithApt(['chromium']) : MISSING;
  if (problem) return { missing: problem };
  const path = findChromium();
  return path ? { path } : { missing: MISSING };
}
