import { existsSync, readFileSync } from 'node:fs';
import { at } from './project.mjs';

/** The binary as the electron package finds it, but without its download when there is none. */
function binaryPath(folder, env) {
  const name = `${folder}/path.txt`;
  if (!existsSync(name)) return null;
  const path = `${env.ELECTRON_OVERRIDE_DIST_PATH ?? `${folder}/dist`}/${readFileSync(name, 'utf8')}`;
  return existsSync(path) ? path : null;
}

/**
 * Whether the studio can have a window of its own here.
 * @returns the binary, or why not, in words for the person
 */
export function findElectron({
  folder = at('node_modules', 'electron'),
  env = process.env,
  platform = process.platform,
  user = process.getuid?.(),
} = {}) {
  const path = binaryPath(folder, env);
  if (!path) {
    return { reason: "Electron's binary is not installed. To get a window of its own: npx install-electron" };
  }
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { reason: 'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).' };
  }
  if (platform === 'linux' && user === 0) {
    return {
      reason: 'Electron keeps its sandbox and so does not run as root; use an ordinary account for a window.',
    };
  }
  return { path };
}
