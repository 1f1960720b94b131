import { existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { AllowedFolders } from '@main/services/allowed-folders';
import { listFolder, makeSubfolder } from '@main/services/folder-listing';
import { locateHome } from '@main/services/home';
import { temporaryFolder } from '../run-folder/run-fixture';

let dir: string;
let access: AllowedFolders;

beforeEach(() => {
  const top = realpathSync(temporaryFolder());
  const home = locateHome(join(top, 'home'));
  dir = home.projects;
  mkdirSync(dir, { recursive: true });
  mkdirSync(join(top, 'elsewhere'));
  access = new AllowedFolders(home, [], () => Promise.resolve([]));
});

async function names(endings: string[] | null): Promise<string[]> {
  return (await listFolder(access, dir, endings)).entries.map(({ name }) => name);
}

describe('a folder', () => {
  it('is listed with folders first and files by number and name, without what is hidden or of another kind', async () => {
    for (const name of ['run-10', 'run-9', '.hidden']) mkdirSync(join(dir, name));
    for (const name of ['b.mcnproj', 'A.MCNPROJ', '.a.mcnproj', 'notes.txt', 'set.tar.gz'])
      writeFileSync(join(dir, name), '12345');
    expect(await names(['.mcnproj'])).toEqual(['run-9', 'run-10', 'A.MCNPROJ', 'b.mcnproj']);
    expect(await names(['.tar.gz', '.tgz'])).toEqual(['run-9', 'run-10', 'set.tar.gz']);
    expect(await names(null)).toEqual(['run-9', 'run-10']);
    const { entries, trail, leftOut } = await listFolder(access, dir, ['.mcnproj']);
    expect(entries.at(-1)).toMatchObject({ kind: 'file', bytes: 5, path: join(dir, 'b.mcnproj') });
    expect(entries[0]).toMatchObject({ kind: 'folder', bytes: null });
    expect(trail.at(-1)).toEqual({ name: 'Projects', path: dir });
    expect(leftOut).toBe(0);
  });

  it.skipIf(process.platform === 'win32')('shows links that stay inside, and no others', async () => {
    mkdirSync(join(dir, 'real'));
    symlinkSync(join(dir, 'real'), join(dir, 'inside'));
    symlinkSync(join(dir, '..', '..', 'elsewhere'), join(dir, 'outside'));
    symlinkSync(join(dir, 'gone'), join(dir, 'broken.mcnproj'));
    expect(await names(['.mcnproj'])).toEqual(['inside', 'real']);
  });

  it('with too many entries says how many are not shown', async () => {
    for (let index = 0; index < 1003; index++) writeFileSync(join(dir, `${index}.mcnproj`), '');
    const { entries, leftOut } = await listFolder(access, dir, ['.mcnproj']);
    expect(entries).toHaveLength(1000);
    expect(leftOut).toBe(3);
  });

  it.each([
    ['gone', 'folder-unreadable', 'there is no such folder'],
    ['file', 'folder-unreadable', 'it is a file'],
    [join('..', '..', 'elsewhere'), 'path-not-allowed', 'outside'],
  ])('that cannot be shown says why: %s', async (name, code, words) => {
    writeFileSync(join(dir, 'file'), '');
    await expect(listFolder(access, join(dir, name), null)).rejects.toMatchObject({
      problem: { code, message: expect.stringContaining(words) },
    });
  });
});

describe('a new folder', () => {
  it('is made in the one that is shown, once', async () => {
    const path = await makeSubfolder(access, dir, 'Versuch 2 ü');
    expect(path).toBe(join(dir, 'Versuch 2 ü'));
    expect(existsSync(path)).toBe(true);
    await expect(makeSubfolder(access, dir, 'Versuch 2 ü')).rejects.toMatchObject({
      problem: { code: 'folder-exists', path },
    });
  });

  it.each(['', '.', '..', '.hidden', 'a/b', 'a\\b', '../x', 'a\u0000', 'a:b', 'x'.repeat(201)])(
    'is none with the name %j',
    async (name) => {
      await expect(makeSubfolder(access, dir, name)).rejects.toMatchObject({
        problem: { code: 'folder-name' },
      });
    },
  );

  it('is made nowhere else', async () => {
    const parent = join(dir, '..', '..', 'elsewhere');
    await expect(makeSubfolder(access, parent, 'x')).rejects.toMatchObject({
      problem: { code: 'path-not-allowed' },
    });
    expect(existsSync(join(parent, 'x'))).toBe(false);
  });
});
