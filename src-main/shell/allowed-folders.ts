import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { StudioError } from '@shared/problem';

/** Full paths of the folders named with --allow. @throws StudioError allow-none for what is no folder */
export function allowedFolders(given: readonly string[]): string[] {
  return given.map((name) => {
    const path = resolve(name);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return path;
    throw new StudioError({
      code: 'allow-none',
      message: `${path} is no folder.`,
      fix: 'Name an existing one with --allow.',
      path,
    });
  });
}
