import { existsSync } from 'node:fs';
import { rename, rmdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetDownloads, type DownloadFile } from '@shared/datasets/downloads';
import { BUNDLED_DATASET, namedDataset } from '@shared/datasets/registry';
import { formatBytes } from '@shared/words/format-bytes';
import { StudioError } from '@shared/problem';
import { makeFolder } from '../../files/make-folder';
import { writeProblem } from '../../files/atomic-write';
import { takeLock } from '../../run-folder/run-lock';
import type { Home } from '../home';
import { downloadFile, lengthOf, partPath, type DownloadOptions } from './download-file';
import { downloadProblem } from './download-problem';

/** Options of a whole data set; progress counts the bytes of all of its files. */
export interface FetchOptions extends Omit<DownloadOptions, 'onProgress'> {
  onProgress(done: number, total: number): void;
}

/** Below the home's data: what is not whole yet. */
const UNFINISHED = '.unfinished';
const LOCK = '.fetch.lock';

/** Where the files of a set grow until all of them are whole. */
export function unfinishedFolder(home: Pick<Home, 'data'>, id: string): string {
  return join(home.data, UNFINISHED, id);
}

/** The files of a data set by its name. @throws StudioError data-not-fetchable */
export function downloadsOf(id: string): readonly DownloadFile[] {
  if (Object.hasOwn(datasetDownloads, id)) return datasetDownloads[id]!;
  const known = Object.keys(datasetDownloads).join(', ');
  const fix = `These can be fetched: ${known}.`;
  const problem = (message: string, first = ''): StudioError =>
    new StudioError({ code: 'data-not-fetchable', message, fix: `${first}${fix}` });
  const description = namedDataset(id);
  if (!description) throw problem(`There is no data set "${id}" that can be fetched.`);
  const { name, source } = description;
  if (id === BUNDLED_DATASET) throw problem(`${name} comes with the studio; there is nothing to fetch.`);
  throw problem(
    `${name} cannot be fetched: its files have no address of their own.`,
    `Get its four files from ${source} and give their folder as the data set. `,
  );
}

/** The files of a data set at another address, where they have the same names. @throws StudioError data-not-fetchable, data-address */
export function downloadsFrom(id: string, address: string): readonly DownloadFile[] {
  const base = URL.canParse(address) ? new URL(address.replace(/\/*$/, '/')) : null;
  if (!base || !/^https?:$/.test(base.protocol)) {
    const message = `"${address}" is no address of the web.`;
    throw new StudioError({
      code: 'data-address',
      message,
      fix: 'Give one that begins with https:// or http://.',
    });
  }
  return downloadsOf(id).map((file) => ({ ...file, url: new URL(file.name, base).href }));
}

/** Bytes of all files. */
export function downloadBytes(files: readonly DownloadFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Refuses before the first byte what the disk has no room for. */
async function checkSpace(dir: string, files: readonly DownloadFile[]): Promise<void> {
  let needed = 0;
  for (const { name, bytes } of files) {
    if (existsSync(join(dir, name))) continue;
    needed += bytes - (await lengthOf(partPath(join(dir, name))));
  }
  const { bavail, bsize } = await statfs(dir);
  if (bavail * bsize >= needed) return;
  const message = `${dir} has ${formatBytes(bavail * bsize)} of free space; ${formatBytes(needed)} are needed.`;
  const fix = 'Free some space, or choose another home folder.';
  throw new StudioError({ code: 'file-disk-full', message, fix, path: dir });
}

async function fetchAll(
  files: readonly DownloadFile[],
  unfinished: string,
  options: FetchOptions,
): Promise<void> {
  const total = downloadBytes(files);
  let before = 0;
  for (const file of files) {
    const path = join(unfinished, file.name);
    const start = before;
    const onProgress = (done: number): void => {
      options.onProgress(start + done, total);
    };
    if (!existsSync(path)) await downloadFile(file, path, { ...options, onProgress });
    before += file.bytes;
    onProgress(file.bytes);
  }
}

/** Takes away a folder that holds nothing; one that does, or is gone, stays as it is. */
async function removeEmpty(dir: string): Promise<void> {
  await rmdir(dir).catch(() => undefined);
}

/** Names the folder when the system refuses something there. */
async function named<T>(dir: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const problem = writeProblem(dir, error);
    throw problem ? new StudioError(problem, { cause: error }) : error;
  }
}

/**
 * Gets a data set from its official address into the folder of its name in the home's data. The folder appears there when
 * all of its files are whole and have the right checksums; until then they grow beside it, and the next call goes on
 * where one was cut. One download at a time in a home.
 *
 * @returns the folder; it is left as it is when it was there before.
 * @throws StudioError data-not-fetchable, download-busy, and those of downloadFile.
 */
export async function fetchDataset(
  home: Pick<Home, 'data'>,
  id: string,
  options: FetchOptions,
  files: readonly DownloadFile[] = downloadsOf(id),
): Promise<string> {
  const dir = join(home.data, id);
  if (existsSync(dir)) return dir;
  await named(home.data, makeFolder(home.data));
  const lock = takeLock(join(home.data, LOCK), (who) =>
    downloadProblem('download-busy', `A data set is being fetched into ${home.data} by ${who}.`),
  );
  const unlock = await named(home.data, lock);
  const unfinished = unfinishedFolder(home, id);
  try {
    // Whoever had the lock before may have fetched it.
    if (existsSync(dir)) return dir;
    await named(unfinished, makeFolder(unfinished));
    await checkSpace(unfinished, files);
    await fetchAll(files, unfinished, options);
    await named(dir, rename(unfinished, dir));
  } finally {
    await removeEmpty(unfinished);
    await removeEmpty(join(home.data, UNFINISHED));
    await unlock();
  }
  return dir;
}
