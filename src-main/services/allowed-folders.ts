import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Place } from '@shared/contract/file-methods';
import { StudioError } from '@shared/problem';
import { errorCode } from '../files/error-code';
import { makeFolder } from '../files/make-folder';
import type { Home } from './home';

/** Whether a path is this folder or lies in it; both without links. */
function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/**
 * The path without links; what does not exist yet is taken as it is below the nearest folder that does.
 * @throws StudioError path-unreadable
 */
async function withoutLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const code = errorCode(error);
    const parent = dirname(path);
    if ((code === 'ENOENT' || code === 'ENOTDIR') && parent !== path) {
      return join(await withoutLinks(parent), basename(path));
    }
    throw new StudioError(
      {
        code: 'path-unreadable',
        message: `${path} cannot be reached (${code ?? 'unknown'}).`,
        fix: 'Choose another place.',
        path,
      },
      { cause: error },
    );
  }
}

/**
 * Which folders a window may look into and write to: the studio's home, those that were named at its start, and those of projects that
 * were open before. A window of the system's own, which has the system's dialogs, may go everywhere.
 */
export class AllowedFolders {
  /**
   * @param named folders of the start; null: every folder is permitted
   * @param projectPaths paths of projects that were open before
   */
  constructor(
    private readonly home: Home,
    private readonly named: readonly string[] | null,
    private readonly projectPaths: () => Promise<readonly string[]>,
  ) {}

  /** The permitted folders that exist, without links, each once. The folder of the projects is made when it is missing. */
  async places(): Promise<Place[]> {
    // Where the home cannot be written there is no such folder, and nothing in it.
    await makeFolder(this.home.projects).catch(() => undefined);
    const known = [
      { name: 'Projects', path: this.home.projects },
      { name: 'Home of the studio', path: this.home.dir },
      ...(this.named ?? []).map((path) => ({ name: basename(path) || path, path })),
      ...(await this.projectPaths()).map(dirname).map((path) => ({ name: basename(path) || path, path })),
    ];
    const places: Place[] = [];
    for (const { name, path } of known) {
      const real = await realpath(path).catch(() => null);
      if (real !== null && !places.some((place) => place.path === real)) places.push({ name, path: real });
    }
    return places;
  }

  /**
   * The path without links, when it lies in a permitted folder; it need not exist.
   * @throws StudioError path-not-allowed, path-unreadable
   */
  async resolve(path: string): Promise<string> {
    if (this.named === null) return resolve(path);
    const real = await withoutLinks(resolve(path));
    const places = await this.places();
    if (places.some((place) => isInside(place.path, real))) return real;
    throw new StudioError({
      code: 'path-not-allowed',
      message: `${path} lies outside of the folders that this studio may use.`,
      fix: `Start the studio with --allow and that folder, or choose a place in ${places.map((place) => place.path).join(' or ')}.`,
      path,
    });
  }

  /** The folders from the outermost permitted one that holds a folder down to it. `folder` is an answer of {@link resolve}. */
  async trail(folder: string): Promise<Place[]> {
    const places = await this.places();
    const nameOf = (path: string): string =>
      places.find((place) => place.path === path)?.name ?? basename(path);
    const around = places.filter((place) => isInside(place.path, folder));
    const outermost = around.reduce<Place | null>(
      (best, place) => (best === null || place.path.length < best.path.length ? place : best),
      null,
    );
    const trail: Place[] = [];
    const top = outermost?.path ?? resolve(sep);
    for (let path = folder; path !== top && path !== dirname(path); path = dirname(path)) {
      trail.unshift({ name: nameOf(path), path });
    }
    return [outermost ?? { name: top, path: top }, ...trail];
  }
}
