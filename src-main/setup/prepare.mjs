import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { ensureNative } from './native.mjs';
import { SetupError } from './setup-error.mjs';

/** As "engines" in package.json; checked before anything is installed. */
const OLDEST_NODE = [20, 19];

/** @throws SetupError when this Node is too old for the tools */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new SetupError(
    `MCN Studio needs Node ${OLDEST_NODE.join('.')} or newer; this is ${version}. Get one from https://nodejs.org`,
  );
}

/** Makes a fresh clone ready to run: packages, native kernels and build, each only when needed. Two terminals may ask at once. */
export async function prepare() {
  checkNode();
  await withLock(async () => {
    await ensureDependencies();
    await ensureNative();
    await ensureBuild();
  });
}
