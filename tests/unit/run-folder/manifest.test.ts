import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRunFolder, readRunDefinition } from '@main/run-folder/manifest';
import { runPaths } from '@main/run-folder/run-paths';
import { temporaryFolder, tinyRun } from './run-fixture';

describe('the definition of a run', () => {
  it('is read as it was written', async () => {
    const dir = join(temporaryFolder(), 'a', 'b', 'run');
    await createRunFolder(dir, tinyRun());
    expect(await readRunDefinition(dir)).toEqual(tinyRun());
  });

  it('takes the default of a setting that an older version did not have', async () => {
    const dir = join(temporaryFolder(), 'run');
    await createRunFolder(dir, tinyRun());
    const path = runPaths(dir).manifest;
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { settings: Record<string, unknown> };
    delete manifest.settings.keepEpochs;
    writeFileSync(path, JSON.stringify(manifest));
    expect((await readRunDefinition(dir)).manifest.settings.keepEpochs).toBe(10);
  });

  it('has no parent where an older version wrote it', async () => {
    const dir = join(temporaryFolder(), 'run');
    await createRunFolder(dir, tinyRun());
    const path = runPaths(dir).manifest;
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { parent?: unknown };
    delete manifest.parent;
    writeFileSync(path, JSON.stringify(manifest));
    expect((await readRunDefinition(dir)).manifest.parent).toBeNull();
  });

  it('is never put where something lies already', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'thesis.tex'), 'years of work');
    await expect(createRunFolder(dir, tinyRun())).rejects.toMatchObject({
      problem: { code: 'run-folder-used' },
    });
    expect(readdirSync(dir)).toEqual(['thesis.tex']);
  });

  it('is refused below a file, with nothing left behind', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'file'), '');
    await expect(createRunFolder(join(dir, 'file', 'run'), tinyRun())).rejects.toMatchObject({
      problem: {
        code: 'run-folder-unusable',
        message: expect.stringContaining('a part of the path is a file') as string,
      },
    });
    expect(readdirSync(dir)).toEqual(['file']);
  });

  it.skipIf(process.platform !== 'linux')(
    'is refused by a file system without folders, at once',
    async () => {
      await expect(createRunFolder('/proc/nowhere/run', tinyRun())).rejects.toMatchObject({
        problem: { code: 'run-folder-unusable' },
      });
    },
  );

  it.each([
    ['run.json', '{', 'file-not-json'],
    ['run.json', '{"version":1}', 'run-invalid'],
    ['network.json', '{"version":1,"family":"mcn","nodes":[]}', 'run-invalid'],
    ['document.json', '[]', 'run-invalid'],
  ])('with a damaged %s (%s) is refused: %s', async (file, text, code) => {
    const dir = join(temporaryFolder(), 'run');
    await createRunFolder(dir, tinyRun());
    writeFileSync(join(dir, file), text);
    await expect(readRunDefinition(dir)).rejects.toMatchObject({ problem: { code } });
  });

  it('is missing where there is no run', async () => {
    const dir = join(temporaryFolder(), 'empty');
    mkdirSync(dir);
    await expect(readRunDefinition(dir)).rejects.toThrow('it has no run.json');
  });
});
