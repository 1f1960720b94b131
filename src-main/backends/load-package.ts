import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StudioError } from '@shared/problem';
import { loaderMessage } from './loader-message';

/** A package that is loaded only when its device is used. */
export interface OptionalPackage<T> {
  module: T;
  /** As its package.json has it. */
  version: string;
}

/** The folder of an installed package. @throws StudioError package-missing */
export function packageFolder(name: string, from: string): string {
  const places = createRequire(from).resolve.paths(name) ?? [];
  const folder = places.map((place) => join(place, name)).find((candidate) => versionIn(candidate) !== null);
  if (folder !== undefined) return folder;
  throw new StudioError({
    code: 'package-missing',
    message: `The package ${name} is not installed.`,
    fix: 'It is optional: "npm install" in the folder of the studio tries again to get it.',
  });
}

/** The version of the package in a folder; null where there is none. */
export function versionIn(folder: string): string | null {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/**
 * Loads an optional package.
 * @param from address or file of the module that wants it; packages are looked for from there
 * @throws StudioError package-missing; package-unusable when it is there and cannot be loaded
 */
export async function loadPackage<T = unknown>(name: string, from: string): Promise<OptionalPackage<T>> {
  const folder = packageFolder(name, from);
  try {
    const entry = createRequire(join(dirname(folder), '_')).resolve(folder);
    return { module: (await import(pathToFileURL(entry).href)) as T, version: versionIn(folder)! };
  } catch (error) {
    throw new StudioError(
      {
        code: 'package-unusable',
        message: `The package ${name} cannot be loaded: ${loaderMessage(error, null)}`,
        fix: 'Install what it names, or install the package again: "npm install" in the folder of the studio.',
        path: folder,
      },
      { cause: error },
    );
  }
}
