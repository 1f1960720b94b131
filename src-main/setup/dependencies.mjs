import { readFile } from 'node:fs/promises';
import { at, root, say, secondsText } from './project.mjs';
import { runQuietly } from './child.mjs';
import { SetupError } from './setup-error.mjs';

async function packagesIn(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Whether what is installed is what package-lock.json asks for. npm keeps a list of it inside node_modules and writes it last, so that
 * a broken-off install has none. Optional packages may be missing: they are for other systems, or could not be had.
 */
export async function areDependenciesCurrent(folder = root) {
  const wanted = await packagesIn(`${folder}/package-lock.json`);
  if (!wanted)
    throw new SetupError('package-lock.json is missing or broken. Take it from the repository again.');
  const installed = await packagesIn(`${folder}/node_modules/.package-lock.json`);
  if (!installed) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    return installed[path] ? installed[path].version === version : optional === true;
  });
}

/** The npm that runs this script, or the one on the path. */
function npm() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.[cm]?js$/.test(script)) return [process.execPath, [script], {}];
  return ['npm', [], { shell: process.platform === 'win32' }];
}

const NO_NETWORK =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/;

function installError(output) {
  const said = output.trim().split('\n').slice(-12).join('\n');
  const why = NO_NETWORK.test(output)
    ? "npm's registry cannot be reached. Check the network (and npm's proxy setting), then run the same command again."
    : 'npm could not install the packages. What it says above names the cause; then run the same command again.';
  return new SetupError(`${said}\n\n${why}`);
}

/**
 * Installs the packages when they are missing or not those of package-lock.json. No install script runs: Electron's binary and
 * TensorFlow's library are fetched by whoever wants them, and can never break an install.
 * @throws SetupError with npm's last words
 */
export async function ensureDependencies() {
  if (await areDependenciesCurrent()) return;
  say('Installing packages ...');
  const began = performance.now();
  const [command, first, options] = npm();
  const args = [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await runQuietly(command, args, options).catch((error) => {
    throw new SetupError(`npm cannot be started (${error.code}). It comes with Node: https://nodejs.org`);
  });
  if (code !== 0) throw installError(output);
  say(`Packages installed in ${secondsText(performance.now() - began)}.`);
}

/** A tool's own script inside node_modules, to be run by this Node on every system alike. */
export function tool(...parts) {
  return at('node_modules', ...parts);
}
