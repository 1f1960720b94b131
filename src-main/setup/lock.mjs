import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { at, say } from './project.mjs';

/** A holder shows that it lives; numbers of processes are used again, so that a pid alone proves nothing. */
const BEAT_MILLISECONDS = 2_000;
const STALE_MILLISECONDS = 30_000;
const POLL_MILLISECONDS = 200;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** What stands in a lock file; null when it is gone. */
async function readHolder(file) {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { text, pid: Number.parseInt(text, 10), age: Date.now() - mtimeMs };
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Whether nobody holds a lock any more. One that only looks old gets time for a beat: the machine may just have been asleep. */
async function isAbandoned(file, { text, pid, age }) {
  if (Number.isInteger(pid) && !isAlive(pid)) return true;
  if (age <= STALE_MILLISECONDS) return false;
  await wait(2 * BEAT_MILLISECONDS);
  const later = await readHolder(file);
  return later !== null && later.text === text && later.age > STALE_MILLISECONDS;
}

/** Takes a stale lock away. Should it have changed hands in the meantime, the new holder gets it back. */
async function removeStale(file, holder) {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== holder.text) await link(aside, file);
  await rm(aside, { force: true });
}

async function take(file, mine) {
  let told = false;
  for (;;) {
    try {
      await writeFile(file, mine, { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(file);
    if (holder && (await isAbandoned(file, holder))) await removeStale(file, holder);
    else if (holder) {
      if (!told) say(`Another set-up is under way (process ${holder.pid}); waiting for it.`);
      told = true;
      await wait(POLL_MILLISECONDS);
    }
  }
}

/**
 * Does something that only one process may do at a time in this project; others wait. The lock of a process that is gone is taken over.
 * @param action asynchronous; must not block this thread for long, or the lock looks abandoned
 * @param file where the lock lies
 */
export async function withLock(action, file = at('.cache', 'setup.lock')) {
  await mkdir(dirname(file), { recursive: true });
  const mine = `${process.pid}\n${randomUUID()}\n`;
  await take(file, mine);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, BEAT_MILLISECONDS);
  try {
    return await action();
  } finally {
    clearInterval(beat);
    if ((await readHolder(file))?.text === mine) await rm(file, { force: true });
  }
}
