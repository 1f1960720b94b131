import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AllowedFolders } from '@main/services/allowed-folders';
import { locateHome, type Home } from '@main/services/home';
import { temporaryFolder } from '../run-folder/run-fixture';

interface Stage {
  /** Everything lies in here. */
  top: string;
  home: Home;
  named: string;
  access: AllowedFolders;
}

function stage(recent: (top: string) => string[] = () => []): Stage {
  const top = realpathSync(temporaryFolder());
  const home = locateHome(join(top, 'home'));
  const named = join(top, 'pictures');
  for (const dir of [home.dir, named, join(top, 'home-of-others'), join(top, 'papers')]) mkdirSync(dir);
  writeFileSync(join(top, 'secret'), 'of others');
  return { top, home, named, access: new AllowedFolders(home, [named], () => Promise.resolve(recent(top))) };
}

describe('the folders that a browser may use', () => {
  it('are the home, those that were named, and those of projects that were open before', async () => {
    const { top, home, named, access } = stage((dir) => [
      join(dir, 'papers', 'a.mcnproj'),
      join(dir, 'gone', 'b.mcnproj'),
    ]);
    expect(await access.places()).toEqual([
      { name: 'Projects', path: home.projects },
      { name: 'Home of the studio', path: home.dir },
      { name: 'pictures', path: named },
      { name: 'papers', path: join(top, 'papers') },
    ]);
  });

  it('hold what lies in them, whether it exists or not', async () => {
    const { home, named, access } = stage();
    for (const path of [home.dir, named, join(home.projects, 'new.mcnproj'), join(named, 'a', 'b', 'c')])
      expect(await access.resolve(path)).toBe(path);
    expect(await access.resolve(`${home.projects}${sep}..${sep}runs`)).toBe(home.runs);
  });

  it.each([
    ['beside them', (top: string) => join(top, 'secret')],
    ['above them', (top: string) => top],
    ['in one whose name begins alike', (top: string) => join(top, 'home-of-others', 'x')],
    ['behind two dots', (top: string) => `${join(top, 'home')}${sep}..${sep}secret`],
    ['where nothing is', () => join(sep, 'nowhere', 'at', 'all')],
  ])('do not hold what lies %s, and say how to permit it', async (_where, path) => {
    const { top, access } = stage();
    await expect(access.resolve(path(top))).rejects.toMatchObject({
      problem: { code: 'path-not-allowed', fix: expect.stringContaining('--allow') },
    });
  });

  it.skipIf(process.platform === 'win32')(
    'are left by no link, and a link between them is followed',
    async () => {
      const { top, home, named, access } = stage();
      symlinkSync(top, join(home.dir, 'out'));
      symlinkSync(join(top, 'secret'), join(home.dir, 'file'));
      symlinkSync(named, join(home.dir, 'in'));
      for (const name of ['out', join('out', 'secret'), join('out', 'new', 'x'), 'file'])
        await expect(access.resolve(join(home.dir, name))).rejects.toMatchObject({
          problem: { code: 'path-not-allowed' },
        });
      expect(await access.resolve(join(home.dir, 'in', 'x'))).toBe(join(named, 'x'));
    },
  );

  it('are told from the outermost one down', async () => {
    const { home, access } = stage();
    expect(await access.trail(join(home.projects, 'thesis'))).toEqual([
      { name: 'Home of the studio', path: home.dir },
      { name: 'Projects', path: home.projects },
      { name: 'thesis', path: join(home.projects, 'thesis') },
    ]);
  });

  it('are all of them in a window of the system', async () => {
    const { top, home } = stage();
    const access = new AllowedFolders(home, null, () => Promise.resolve([]));
    expect(await access.resolve(join(top, 'secret'))).toBe(join(top, 'secret'));
  });
});
