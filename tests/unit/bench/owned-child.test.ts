import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

const MODULE = new URL('../../../src-main/setup/bench/owned-child.mjs', import.meta.url).href;

/** Starts a child that sleeps for a minute, holds it, and tells its number. */
const PROGRAM = `
  const { spawn } = await import('node:child_process');
  const { owned } = await import(${JSON.stringify(MODULE)});
  const child = owned(spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']));
  child.once('spawn', () => {
    child.kill('SIGSTOP');
    console.log(child.pid);
  });
`;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.skipIf(process.platform === 'win32')('a program that is held', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends with its owner, ended by %s', async (signal) => {
    const owner = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(owner.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isAlive(pid)).toBe(true);
    owner.kill(signal);
    await once(owner, 'close');
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
  });
});
