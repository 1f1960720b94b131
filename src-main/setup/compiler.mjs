import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runQuietly } from './child.mjs';

/** Debian's packages with all that the native kernels are built with. */
export const COMPILER_PACKAGES = ['g++', 'make', 'python3'];

/** How to get a compiler, by system. */
const COMMANDS = {
  linux: `sudo apt-get install --yes ${COMPILER_PACKAGES.join(' ')}`,
  darwin: 'xcode-select --install',
  win32:
    'winget install Python.Python.3.12 & winget install Microsoft.VisualStudio.2022.BuildTools --override ' +
    '"--wait --passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended"',
};

/** The command that installs a compiler on this system, as a sentence. */
export function compilerFix(platform = process.platform) {
  const name = platform === 'linux' ? ' (Debian, Ubuntu)' : '';
  return `To get what is needed${name}: ${COMMANDS[platform] ?? 'install a C++17 compiler, make and Python 3'}`;
}

function isOnPath(name, env) {
  return (env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/**
 * What is missing to build native code, in words such as "a C++ compiler (g++) and make"; null when all is there. On Windows node-gyp
 * itself looks, since Visual Studio is not on the path.
 */
export async function missingTools({ env = process.env, platform = process.platform } = {}) {
  if (platform === 'win32') return null;
  if (platform === 'darwin') {
    const { code } = await runQuietly('xcode-select', ['-p']).catch(() => ({ code: 1 }));
    return code === 0 ? null : "Apple's command line tools";
  }
  const missing = [
    [env.CXX !== undefined || isOnPath('g++', env), 'a C++ compiler (g++)'],
    [isOnPath('make', env), 'make'],
    [env.PYTHON !== undefined || isOnPath('python3', env), 'Python 3'],
  ].flatMap(([found, name]) => (found ? [] : [name]));
  if (missing.length === 0) return null;
  return missing.length === 1 ? missing[0] : `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`;
}

/** Options that give node-gyp the headers of this Node where they lie beside it; it fetches them otherwise. */
export function headerOptions(execPath = process.execPath) {
  const prefix = dirname(dirname(execPath));
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
}
