import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dirent, Stats } from 'node:fs';
import type { FolderEntry, FolderListing } from '@shared/contract/file-methods';
import { StudioError } from '@shared/problem';
import { writeProblem } from '../files/atomic-write';
import { errorCode } from '../files/error-code';
import type { AllowedFolders } from './allowed-folders';

/** Entries of one folder that a window is shown; nobody reads longer lists. */
const MOST_ENTRIES = 1000;

const LONGEST_NAME = 200;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'it is a file',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
};

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    throw new StudioError(
      {
        code: 'folder-unreadable',
        message: `${folder} cannot be shown: ${REASONS[code] ?? `the system says ${code}`}.`,
        fix: 'Choose another folder.',
        path: folder,
      },
      { cause: error },
    );
  }
}

/** What an entry is, through links; null when it is gone, leads out of the permitted folders, or is neither file nor folder. */
async function look(path: string, entry: Dirent, access: AllowedFolders): Promise<Stats | null> {
  try {
    if (entry.isSymbolicLink()) await access.resolve(path);
    const stats = await stat(path);
    return stats.isFile() || stats.isDirectory() ? stats : null;
  } catch {
    return null;
  }
}

const byName = new Intl.Collator('en', { numeric: true });

/**
 * Lists a permitted folder: folders first, then files with one of the endings, each by name; nothing that is hidden.
 * @param endings in lower case; null: folders only
 * @throws StudioError folder-unreadable, path-not-allowed, path-unreadable
 */
export async function listFolder(
  access: AllowedFolders,
  wanted: string,
  endings: readonly string[] | null,
): Promise<FolderListing> {
  const folder = await access.resolve(wanted);
  const shown = (await entriesOf(folder)).filter((entry) => !entry.name.startsWith('.'));
  const fits = (name: string): boolean =>
    endings?.some((ending) => name.toLowerCase().endsWith(ending)) === true;
  // What certainly does not belong here is dropped before anything is asked of the disk.
  const candidates = shown
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink() || (entry.isFile() && fits(entry.name)))
    .sort((a, b) => Number(b.isDirectory()) - Number(a.isDirectory()) || byName.compare(a.name, b.name));
  const entries = await Promise.all(
    candidates.slice(0, MOST_ENTRIES).map(async (entry): Promise<FolderEntry[]> => {
      const path = join(folder, entry.name);
      const stats = await look(path, entry, access);
      if (!stats || (stats.isFile() && !fits(entry.name))) return [];
      const kind = stats.isDirectory() ? 'folder' : 'file';
      const bytes = kind === 'file' ? stats.size : null;
      return [{ name: entry.name, path, kind, bytes, changedAt: stats.mtimeMs }];
    }),
  );
  const sorted = entries
    .flat()
    .sort((a, b) => (a.kind === b.kind ? byName.compare(a.name, b.name) : a.kind === 'folder' ? -1 : 1));
  return {
    folder,
    trail: await access.trail(folder),
    entries: sorted,
    leftOut: Math.max(0, candidates.length - MOST_ENTRIES),
  };
}

/**
 * Makes a folder inside a permitted one; returns its path.
 * @throws StudioError folder-name, folder-exists, path-not-allowed, path-unreadable, and those of atomicWrite
 */
export async function makeSubfolder(access: AllowedFolders, parent: string, name: string): Promise<string> {
  // Letters that some system refuses, and names that mean something else than a folder.
  if (!/^[^\p{Cc}/\\:*?"<>|]+$/u.test(name) || name.startsWith('.') || name.length > LONGEST_NAME) {
    throw new StudioError({
      code: 'folder-name',
      message: `“${name}” cannot be the name of a folder.`,
      fix: 'Use letters, digits, spaces, - and _; it must not begin with a dot.',
    });
  }
  const path = join(await access.resolve(parent), name);
  try {
    await mkdir(path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      throw new StudioError({
        code: 'folder-exists',
        message: `${path} is there already.`,
        fix: 'Choose another name, or open it.',
        path,
      });
    }
    const problem = writeProblem(path, error);
    throw problem ? new StudioError(problem, { cause: error }) : error;
  }
  return path;
}
