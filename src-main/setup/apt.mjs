import { existsSync } from 'node:fs';
import { runQuietly } from './child.mjs';
import { say, secondsText } from './project.mjs';

/** A machine that is there for tests only may be given what they need; a person's machine is not ours to change. */
export function mayInstall() {
  return process.env.CI === 'true' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/**
 * Installs Debian packages, on a machine where that may be done.
 * @returns null, or what apt-get says when it failed
 */
export async function installWithApt(packages) {
  const names = packages.join(' ');
  say(`Installing ${names} with apt-get ...`);
  const began = performance.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
    const { code, output } = await runQuietly('apt-get', ['-o', 'Acquire::Retries=3', ...args], { env });
    if (code !== 0) return `${output.trim()}\n\napt-get ${args[0]} failed; the tests need ${names}.`;
  }
  say(`${names} installed in ${secondsText(performance.now() - began)}.`);
  return null;
}
