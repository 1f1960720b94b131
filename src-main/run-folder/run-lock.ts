import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { StudioError } from '@shared/problem';
import { errorCode } from '../files/error-code';
import { readJson } from '../files/read-json';
import { processStart } from './process-start';
import { runPaths } from './run-paths';

const lockSchema = z.object({ pid: z.int().positive(), started: z.string() });
export type LockOwner = z.infer<typeof lockSchema>;

/** The living process that a lock file names, or null. */
export async function ownerIn(path: string): Promise<LockOwner | null> {
  const parsed = lockSchema.safeParse(await readJson(path).catch(() => undefined));
  if (!parsed.success) return null;
  return (await processStart(parsed.data.pid)) === parsed.data.started ? parsed.data : null;
}

/** The living process that trains in a run folder, or null. */
export function lockOwner(dir: string): Promise<LockOwner | null> {
  return ownerIn(runPaths(dir).lock);
}

/**
 * Makes a file that must not exist yet, so that no reader ever sees a part of it: a hard link to a finished one. Where the file system
 * has no links, it is written in place.
 * @throws EEXIST
 */
async function createWhole(path: string, text: string): Promise<void> {
  const finished = `${path}.${process.pid}`;
  await writeFile(finished, text);
  try {
    await link(finished, path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw error;
    await writeFile(path, text, { flag: 'wx' });
  } finally {
    await rm(finished, { force: true });
  }
}

/**
 * Takes away the lock of a process that is gone. Two processes may try at once: it is moved aside first, which only one of them can do,
 * and put back when it turns out to be the fresh lock of the other.
 * @throws EEXIST when it was
 */
async function takeAway(path: string): Promise<void> {
  const aside = `${path}.${process.pid}.old`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const living = await ownerIn(aside);
  if (living) {
    await rename(aside, path);
    throw Object.assign(new Error(`${path} is held`), { code: 'EEXIST' });
  }
  await rm(aside, { force: true });
}

/**
 * Takes a lock file for this process; returns what gives it back. A lock of a process that is gone is taken over.
 * @param refused the error when a living process has it, told which one
 * @throws what `refused` makes
 */
export async function takeLock(
  path: string,
  refused: (who: string) => StudioError,
): Promise<() => Promise<void>> {
  const owner = await ownerIn(path);
  if (owner) throw refused(`process ${owner.pid}`);
  const mine: LockOwner = { pid: process.pid, started: (await processStart(process.pid)) ?? 'unknown' };
  const text = `${JSON.stringify(mine)}\n`;
  try {
    await takeAway(path);
    await createWhole(path, text);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw refused('another process');
    throw error;
  }
  return async () => {
    if ((await readFile(path, 'utf8').catch(() => '')) === text) await rm(path, { force: true });
  };
}

/**
 * Makes this process the only writer of a run folder; returns what ends that. A lock of a process that is gone is taken over.
 * @throws StudioError run-locked when another process trains there
 */
export function lockRun(dir: string): Promise<() => Promise<void>> {
  return takeLock(
    runPaths(dir).lock,
    (who) =>
      new StudioError({
        code: 'run-locked',
        message: `${dir} is being trained by ${who}.`,
        fix: 'Stop it there first, or wait until it is done.',
        path: dir,
      }),
  );
}
