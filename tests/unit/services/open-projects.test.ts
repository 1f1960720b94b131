import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { findPreset } from '@shared/network/presets';
import type { Project } from '@shared/project/project';
import { OpenProjects } from '@main/services/open-projects';
import { RecoveryFolder } from '@main/services/recovery-folder';
import { processStart } from '@main/run-folder/process-start';
import { temporaryFolder } from '../run-folder/run-fixture';

const NOTE = { path: '/somewhere/a.mcnproj', hash: 'a'.repeat(64), changes: 3 };

let dir: string;
let open: OpenProjects;

beforeEach(() => {
  dir = join(temporaryFolder(), 'recovery');
  open = new OpenProjects(new RecoveryFolder(dir));
});

function project(id = 'p1', name = 'A'): Project {
  const { document, settings, dataset } = findPreset('mcn-mnist-tiny')!;
  return { version: 1, id, name, document, family: 'mcn', dataset, training: settings };
}

/** A living process that is not this one, and the lock that it would have written. */
async function otherProcess(): Promise<{ child: ChildProcess; lock: string }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, lock: JSON.stringify({ pid: child.pid, started: await processStart(child.pid!) }) };
}

describe('unsaved changes', () => {
  it('of a window that is gone are offered with their file, and are then those of the window that takes them', async () => {
    await open.show('w1', 'p1', null);
    await open.keep('w1', project(), NOTE);
    expect(await open.list()).toEqual([]);
    await open.forget('w1');
    const [offer] = await open.list();
    expect(offer).toMatchObject({ slot: 'p1', name: 'A', path: NOTE.path, changes: 3, problem: null });
    expect(Math.abs(Date.now() - offer!.keptAt)).toBeLessThan(60_000);
    expect(await open.recover('w2', 'p1')).toEqual({ project: project(), ...NOTE });
    expect(await open.list()).toEqual([]);
    await expect(open.recover('w3', 'p1')).rejects.toMatchObject({ problem: { code: 'recovery-busy' } });
    expect(await open.show('w2', 'p1', 'p1')).toEqual({ slot: 'p1', openElsewhere: null });
    await open.forget('w2');
    expect(await open.list()).toHaveLength(1);
  });

  it.each([
    ['are saved', () => open.drop('w1')],
    ['are closed without saving', () => open.close('w1')],
    ['make room for another project', () => open.show('w1', 'p2', null)],
  ])('are forgotten when they %s', async (_how, act) => {
    await open.show('w1', 'p1', null);
    await open.keep('w1', project(), NOTE);
    await act();
    await open.forget('w1');
    expect(await open.list()).toEqual([]);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('can be discarded, but not while a window has them', async () => {
    await open.show('w1', 'p1', null);
    await open.keep('w1', project(), NOTE);
    await expect(open.discard('p1')).rejects.toMatchObject({ problem: { code: 'recovery-busy' } });
    await open.forget('w1');
    await open.discard('p1');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('that wait to be recovered are not written over by a window that opens the project meanwhile', async () => {
    await open.show('w1', 'p1', null);
    await open.keep('w1', project('p1', 'Precious'), NOTE);
    await open.forget('w1');
    expect((await open.show('w2', 'p1', null)).slot).toBe('p1.2');
    await open.keep('w2', project('p1', 'Other'), NOTE);
    await open.close('w2');
    expect((await open.list()).map(({ name }) => name)).toEqual(['Precious']);
  });

  it('are kept on where a connection broke and came back', async () => {
    const { slot } = await open.show('w1', 'p1', null);
    await open.keep('w1', project(), NOTE);
    await open.forget('w1');
    expect((await open.show('w1-again', 'p1', slot)).slot).toBe('p1');
    await open.close('w1-again');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('that cannot be read say why, and can be discarded', async () => {
    mkdirSync(dir);
    writeFileSync(join(dir, 'p9.mcnproj'), '{"version": 99}');
    const [offer] = await open.list();
    expect(offer).toMatchObject({
      slot: 'p9',
      name: 'p9.mcnproj',
      changes: null,
      problem: { code: 'project-newer' },
    });
    await expect(open.recover('w1', 'p9')).rejects.toMatchObject({ problem: { code: 'project-newer' } });
    await open.discard('p9');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('without their note, or with a damaged one, are whole all the same', async () => {
    await open.show('w1', 'p1', null);
    await open.keep('w1', project(), NOTE);
    await open.forget('w1');
    writeFileSync(join(dir, 'p1.note.json'), '{"path": 3');
    expect(await open.list()).toMatchObject([{ name: 'A', path: null, changes: null, problem: null }]);
  });

  it('lie in the folder, whatever ids and slots are called', async () => {
    const { slot } = await open.show('w1', '../../escape', null);
    expect(slot).toMatch(/^[0-9a-f]{32}$/);
    await open.keep('w1', project('../../escape'), NOTE);
    for (const name of ['../x', '..', 'a/b', 'p1.lock', ''])
      await expect(open.discard(name)).rejects.toMatchObject({ problem: { code: 'recovery-unknown' } });
    expect(readdirSync(join(dir, '..'))).toEqual(['recovery']);
  });

  it('of a window that shows no project are refused', async () => {
    await expect(open.keep('w1', project(), NOTE)).rejects.toMatchObject({
      problem: { code: 'recovery-none' },
    });
  });
});

describe('a project that is open', () => {
  it('in another window is noticed, until that one is gone', async () => {
    await open.show('w1', 'p1', null);
    expect(await open.openElsewhere('p1', 'w1')).toBeNull();
    expect(await open.openElsewhere('p1', 'w2')).toBe('another window');
    expect(await open.openElsewhere('p2', 'w2')).toBeNull();
    expect(await open.show('w2', 'p1', null)).toEqual({ slot: 'p1.2', openElsewhere: 'another window' });
    await open.forget('w1');
    expect(await open.openElsewhere('p1', 'w2')).toBeNull();
  });

  it('in another studio is noticed, until its process is killed', async () => {
    mkdirSync(dir);
    const { child, lock } = await otherProcess();
    writeFileSync(join(dir, 'p1.lock.json'), lock);
    writeFileSync(join(dir, 'p1.mcnproj'), 'unsaved there');
    expect(await open.openElsewhere('p1', 'w1')).toBe(
      `a window of another MCN Studio (process ${child.pid!})`,
    );
    expect(await open.list()).toEqual([]);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(await open.openElsewhere('p1', 'w1')).toBeNull();
    expect(await open.list()).toHaveLength(1);
  });
});
