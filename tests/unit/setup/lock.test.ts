import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

type WithLock = <T>(action: () => Promise<T>, file: string) => Promise<T>;

const module = new URL('../../../src-main/setup/lock.mjs', import.meta.url).href;
const { withLock } = (await import(/* @vite-ignore */ module)) as { withLock: WithLock };

let dir: string;
let lock: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mcn-lock-'));
  lock = join(dir, 'cache', 'setup.lock');
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

/** A process that reads a number, waits, and writes one more: two at once would lose counts. */
function countInProcess(counter: string): Promise<number | null> {
  const script = `
    import { readFile, writeFile } from 'node:fs/promises';
    import { withLock } from ${JSON.stringify(module)};
    for (let i = 0; i < 3; i += 1) await withLock(async () => {
      const count = Number(await readFile(${JSON.stringify(counter)}, 'utf8'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      await writeFile(${JSON.stringify(counter)}, String(count + 1));
    }, ${JSON.stringify(lock)});`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  return new Promise((resolve) => child.once('exit', resolve));
}

it('lets one process in at a time, also over a lock that was left behind', async () => {
  const counter = join(dir, 'counter');
  await writeFile(counter, '0');
  await withLock(() => Promise.resolve(), lock);
  await writeFile(lock, `${deadPid()}\nleft behind\n`);
  const codes = await Promise.all([1, 2, 3, 4].map(() => countInProcess(counter)));
  expect(codes).toEqual([0, 0, 0, 0]);
  expect(await readFile(counter, 'utf8')).toBe('12');
  expect(existsSync(lock)).toBe(false);
});

/** Number of a process that is gone. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

it('takes over from a process that lives, but whose number belongs to another program by now', async () => {
  await withLock(() => Promise.resolve(), lock);
  await writeFile(lock, `${process.pid}\nof an earlier process\n`);
  const past = new Date(Date.now() - 3600e3);
  await utimes(lock, past, past);
  await expect(withLock(() => Promise.resolve('done'), lock)).resolves.toBe('done');
});

it('waits for a holder that lives', async () => {
  const order: string[] = [];
  const first = withLock(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    order.push('first');
  }, lock);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await Promise.all([first, withLock(() => Promise.resolve(order.push('second')), lock)]);
  expect(order).toEqual(['first', 'second']);
});

it('is free again after a failure', async () => {
  await expect(withLock(() => Promise.reject(new Error('no space')), lock)).rejects.toThrow('no space');
  expect(existsSync(lock)).toBe(false);
});
