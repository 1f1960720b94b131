import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder';
import { readCheckpointIndex } from './checkpoint-index';
import { processStart } from './process-start';
import { runPaths } from './run-paths';

/** The name that atomicWrite gives to a file until all of it is on the disk. */
function isHalfWritten(name: string): boolean {
  return /^\.[0-9a-f]{12}\.tmp$/.test(name);
}

/** Whether a file is a lock in the making whose process is gone; a living one may be about to be refused here. */
async function isDeadLock(name: string): Promise<boolean> {
  const pid = /^lock\.json\.(\d+)(\.old)?$/.exec(name)?.[1];
  return pid !== undefined && (await processStart(Number(pid))) === null;
}

/**
 * Removes what a process that was killed left in a run folder: half-written files, and checkpoints that the list did not name yet or does
 * not name any more. Nothing that the list names is touched. Only for the process that holds the lock.
 * @throws StudioError checkpoint-index-damaged; nothing is removed then
 */
export async function clearLeftovers(dir: string): Promise<void> {
  const { checkpoints } = runPaths(dir);
  const { last, best, epochs } = await readCheckpointIndex(dir);
  const listed = new Set([last, best, ...epochs].map((entry) => entry?.file));
  await makeFolder(checkpoints);
  for (const name of await readdir(dir)) {
    if (isHalfWritten(name) || (await isDeadLock(name))) await rm(join(dir, name), { force: true });
  }
  for (const name of await readdir(checkpoints)) {
    const forgotten = name.endsWith('.safetensors') && !listed.has(name);
    if (isHalfWritten(name) || forgotten) await rm(join(checkpoints, name), { force: true });
  }
}
