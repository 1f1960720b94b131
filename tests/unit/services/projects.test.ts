import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPreset } from '@shared/network/presets';
import type { Project } from '@shared/project/project';
import { locateHome } from '@main/services/home';
import { Projects } from '@main/services/projects';
import { temporaryFolder } from '../run-folder/run-fixture';

function project(name: string): Project {
  const { document, settings, dataset } = findPreset('mcn-mnist-tiny')!;
  return { version: 1, id: 'p1', name, document, family: 'mcn', dataset, training: settings };
}

/** The window knows of no such file. */
const NEW = { hash: null, overwrite: false };

describe('projects', () => {
  it('are saved under a free name made of their own, and opened as they were', async () => {
    const home = locateHome(join(temporaryFolder(), 'home'));
    const projects = new Projects(home);
    const first = await projects.save(project('Ziffern, groß & klein!'), null, NEW);
    const second = await projects.save(project('Ziffern, groß & klein!'), null, NEW);
    expect(first.path).toBe(join(home.projects, 'ziffern-gro-klein.mcnproj'));
    expect(second.path).toBe(join(home.projects, 'ziffern-gro-klein-2.mcnproj'));
    expect((await projects.open(first.path)).project).toEqual(project('Ziffern, groß & klein!'));
  });

  it('are remembered, the newest first and each once', async () => {
    const projects = new Projects(locateHome(join(temporaryFolder(), 'home')));
    const a = await projects.save(project('A'), null, NEW);
    const b = await projects.save(project('B'), null, NEW);
    await projects.open(a.path);
    expect((await projects.recent()).map((entry) => entry.path)).toEqual([a.path, b.path]);
  });

  it('survive a damaged list of recent ones', async () => {
    const home = locateHome(join(temporaryFolder(), 'home'));
    mkdirSync(home.dir);
    writeFileSync(home.recentProjects, 'no json');
    const projects = new Projects(home);
    expect(await projects.recent()).toEqual([]);
    await projects.save(project('A'), null, NEW);
    expect(await projects.recent()).toHaveLength(1);
  });

  it('are never written over a file of another kind', async () => {
    const folder = temporaryFolder();
    const thesis = join(folder, 'thesis.tex');
    writeFileSync(thesis, 'years of work');
    const projects = new Projects(locateHome(join(folder, 'home')));
    await expect(projects.save(project('A'), thesis, NEW)).rejects.toMatchObject({
      problem: { code: 'project-suffix' },
    });
    expect(readFileSync(thesis, 'utf8')).toBe('years of work');
  });

  it('are not written over what somebody else wrote since', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.mcnproj');
    const projects = new Projects(locateHome(join(folder, 'home')));
    const first = { ...(await projects.save(project('A'), path, NEW)), overwrite: false };
    const opened = await projects.open(path);
    expect(opened.hash).toBe(first.hash);
    // Another window saves.
    const other = await projects.save(project('B'), path, first);
    await expect(projects.save(project('C'), path, first)).rejects.toMatchObject({
      problem: { code: 'project-changed', path },
    });
    expect((await projects.open(path)).project.name).toBe('B');
    await projects.save(project('C'), path, { ...other, overwrite: false });
    await projects.save(project('D'), path, { hash: null, overwrite: true });
    expect((await projects.open(path)).project.name).toBe('D');
  });

  it('are not written over a file that nobody knew of, sound or not', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.mcnproj');
    writeFileSync(path, 'not even a project');
    const projects = new Projects(locateHome(join(folder, 'home')));
    await expect(projects.save(project('A'), path, NEW)).rejects.toMatchObject({
      problem: { code: 'project-exists', path },
    });
    expect(readFileSync(path, 'utf8')).toBe('not even a project');
  });

  it('saved twice at once by two windows end as the one that was first', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.mcnproj');
    const projects = new Projects(locateHome(join(folder, 'home')));
    const before = { ...(await projects.save(project('A'), path, NEW)), overwrite: false };
    const both = await Promise.allSettled(
      ['B', 'C'].map((name) => projects.save(project(name), path, before)),
    );
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((await projects.open(path)).project.name).toBe('B');
  });

  it('are written again where their file was deleted', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.mcnproj');
    const projects = new Projects(locateHome(join(folder, 'home')));
    const before = { ...(await projects.save(project('A'), path, NEW)), overwrite: false };
    rmSync(path);
    await projects.save(project('A2'), path, before);
    expect((await projects.open(path)).project.name).toBe('A2');
  });

  it('that are pipes or no text are refused, and read by nobody', async () => {
    const folder = temporaryFolder();
    const projects = new Projects(locateHome(join(folder, 'home')));
    const latin = join(folder, 'latin.mcnproj');
    writeFileSync(latin, Buffer.from([0x22, 0xe4, 0x22]));
    for (const path of [folder, '/dev/zero', latin])
      await expect(projects.open(path)).rejects.toMatchObject({
        problem: { code: 'project-unreadable', path },
      });
  });

  it('that cannot be saved leave nothing behind and are not remembered', async () => {
    const folder = temporaryFolder();
    const projects = new Projects(locateHome(join(folder, 'home')));
    const path = join(folder, 'missing', 'a.mcnproj');
    await expect(projects.save(project('A'), path, NEW)).rejects.toMatchObject({
      problem: { code: 'file-folder-missing', path },
    });
    expect(readdirSync(folder)).toEqual([]);
    expect(await projects.recent()).toEqual([]);
  });

  it.each([
    ['missing.mcnproj', null, 'project-unreadable'],
    ['broken.mcnproj', '{"version":1', 'project-invalid'],
    ['newer.mcnproj', '{"version":99}', 'project-newer'],
  ])('that are unsound are refused: %s', async (name, text, code) => {
    const folder = temporaryFolder();
    if (text !== null) writeFileSync(join(folder, name), text);
    const projects = new Projects(locateHome(join(folder, 'home')));
    await expect(projects.open(join(folder, name))).rejects.toMatchObject({ problem: { code } });
  });
});
