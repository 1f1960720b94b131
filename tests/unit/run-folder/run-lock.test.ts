import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockOwner, lockRun } from '@main/run-folder/run-lock';
import { processStart } from '@main/run-folder/process-start';
import { runPaths } from '@main/run-folder/run-paths';
import { temporaryFolder } from './run-fixture';

describe('the lock of a run', () => {
  it('keeps a second trainer out until it is released', async () => {
    const dir = temporaryFolder();
    const unlock = await lockRun(dir);
    expect((await lockOwner(dir))?.pid).toBe(process.pid);
    await expect(lockRun(dir)).rejects.toMatchObject({ problem: { code: 'run-locked' } });
    await unlock();
    expect(await lockOwner(dir)).toBeNull();
    await (
      await lockRun(dir)
    )();
  });

  it('of a process that was killed is taken over', async () => {
    const dir = temporaryFolder();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const started = await processStart(child.pid!);
    writeFileSync(runPaths(dir).lock, JSON.stringify({ pid: child.pid, started }));
    await expect(lockRun(dir)).rejects.toMatchObject({ problem: { code: 'run-locked' } });
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    await (
      await lockRun(dir)
    )();
  });

  it.skipIf(process.platform !== 'linux')(
    'is not mistaken for that of another process of the same number',
    async () => {
      const dir = temporaryFolder();
      writeFileSync(runPaths(dir).lock, JSON.stringify({ pid: process.pid, started: '1' }));
      expect(await lockOwner(dir)).toBeNull();
    },
  );
});
