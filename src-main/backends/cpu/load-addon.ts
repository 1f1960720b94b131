import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StudioError, type Problem } from '@shared/problem';
import { loaderMessage } from '../loader-message';
import type { NativeKernels } from './native-kernels';

const loader = createRequire(import.meta.url);

const FILE = 'mcn_kernels.node';

/** What the set-up leaves in place of the addon when it could not build one: { reason, fix }. */
const FAILURE_FILE = 'not-built.json';

/** How far below the top folder this module lies: in its source, in out/main, or in out/main/chunks. */
const TOP_FOLDERS = ['../../..', '../..'];

/** The folder of the built addon: out/native of the top folder, beside app.asar in a packaged app. */
function addonFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url)).replace(/app\.asar(?=[\\/]|$)/, 'app.asar.unpacked');
  const candidates = TOP_FOLDERS.map((top) => join(here, top, 'out', 'native'));
  return candidates.find((folder) => existsSync(folder)) ?? candidates[0]!;
}

/** Why there is no addon in a folder. */
function absence(folder: string): Problem {
  const file = join(folder, FAILURE_FILE);
  const code = 'native-absent';
  if (!existsSync(file)) {
    return {
      code,
      message: 'The native kernels are not built here.',
      fix: 'Build them: npm test -- native',
    };
  }
  const { reason, fix } = JSON.parse(readFileSync(file, 'utf8')) as { reason: string; fix: string };
  return { code, message: `The native kernels are not built here. ${reason}`, fix };
}

/**
 * Loads the native kernels.
 * @param folder where the addon lies; else MCN_NATIVE_FOLDER, else beside this program
 * @throws StudioError native-absent, native-unusable
 */
export function loadAddon(folder = process.env.MCN_NATIVE_FOLDER ?? addonFolder()): NativeKernels {
  const file = join(folder, FILE);
  if (!existsSync(file)) throw new StudioError(absence(folder));
  try {
    return loader(file) as NativeKernels;
  } catch (error) {
    throw new StudioError(
      {
        code: 'native-unusable',
        message: `The native kernels cannot be loaded: ${loaderMessage(error, file)}`,
        fix: 'Build them again: npm test -- native',
        path: file,
      },
      { cause: error },
    );
  }
}
