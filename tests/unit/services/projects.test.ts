import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

describe('projects', () => {
  it('are saved under a free name made of their own, and opened as they were', async () => {
    const home = locateHome(join(temporaryFolder(), 'home'));
    const projects = new Projects(home);
    const first = await projects.save(project('Ziffern, groß & klein!'), null);
    const second = await projects.save(project('Ziffern, groß & klein!'), null);
    expect(first.path).toBe(join(home.projects, 'ziffern-gro-klein.mcnproj'));
    expect(second.path).toBe(join(home.projects, 'ziffern-gro-klein-2.mcnproj'));
    expect((await projects.open(first.path)).project).toEqual(project('Ziffern, groß & klein!'));
  });

  it('are remembered, the newest first and each once', async () => {
    const projects = new Projects(locateHome(join(temporaryFolder(), 'home')));
    const a = await projects.save(project('A'), null);
    const b = await projects.save(project('B'), null);
    await projects.open(a.path);
    expect((await projects.recent()).map((entry) => entry.path)).toEqual([a.path, b.path]);
  });

  it('survive a damaged list of recent ones', async () => {
    const home = locateHome(join(temporaryFolder(), 'home'));
    mkdirSync(home.dir);
    writeFileSync(home.recentProjects, 'no json');
    const projects = new Projects(home);
    expect(await projects.recent()).toEqual([]);
    await projects.save(project('A'), null);
    expect(await projects.recent()).toHaveLength(1);
  });

  it('are never written over a file of another kind', async () => {
    const folder = temporaryFolder();
    const thesis = join(folder, 'thesis.tex');
    writeFileSync(thesis, 'years of work');
    const projects = new Projects(locateHome(join(folder, 'home')));
    await expect(projects.save(project('A'), thesis)).rejects.toMatchObject({
      problem: { code: 'project-suffix' },
    });
    expect(readFileSync(thesis, 'utf8')).toBe('years of work');
  });

  it('that cannot be saved leave nothing behind and are not remembered', async () => {
    const folder = temporaryFolder();
    const projects = new Projects(locateHome(join(folder, 'home')));
    const path = join(folder, 'missing', 'a.mcnproj');
    await expect(projects.save(project('A'), path)).rejects.toMatchObject({
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
