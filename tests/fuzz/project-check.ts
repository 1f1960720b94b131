import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { lower } from '@shared/network/lower';
import { findPreset } from '@shared/network/presets';
import { StudioError } from '@shared/problem';
import { projectText } from '@shared/project/project-text';
import { readProject } from '@shared/project/read-project';
import { locateHome } from '@main/services/home';
import { contentHash, readProjectFile } from '@main/services/project-file';
import { Projects } from '@main/services/projects';
import { temporaryFolder } from '../unit/run-folder/run-fixture';
import { projectVariants } from './project-variants';

/** No file of the size of these may take longer, be the machine ever so busy. */
const LONGEST_MILLISECONDS = 5000;

const CODES = /^(project-(invalid|newer|unreadable)|field-(unknown|value)|settings?-[\w-]+)$/;

/** A message is read by a person, whatever the file holds. */
const LONGEST_MESSAGE = 1200;

/** What became of the variants. */
export interface Tally {
  opened: number;
  refused: number;
  /** Milliseconds of the slowest. */
  slowest: number;
}

/** The project with every kind of value in it, as a text. */
function soundProject(): string {
  const { document, settings, dataset } = findPreset('mcn-mnist')!;
  const [first, ...others] = document.nodes;
  const nodes = [{ ...first!, position: { x: 10.5, y: -20 } }, ...others];
  return projectText({
    version: 1,
    id: 'p1',
    name: 'Sound',
    document: { ...document, nodes },
    family: 'mcn',
    dataset,
    training: settings,
  });
}

/** What was opened can be shown, and is written as it was read. */
function checkOpened({ project }: Awaited<ReturnType<typeof readProjectFile>>): void {
  const text = projectText(project);
  const again = readProject(text, 'again');
  expect(again.ok && projectText(again.value)).toBe(text);
  expect(Object.getPrototypeOf(project)).toBe(Object.prototype);
  lower(project.document, project.family);
}

function checkRefused(error: unknown, path: string): void {
  if (!(error instanceof StudioError)) throw error;
  const { code, message, fix, path: place } = error.problem;
  expect(code).toMatch(CODES);
  expect(place).toBe(path);
  expect(fix).toBeTruthy();
  expect(message.length).toBeLessThan(LONGEST_MESSAGE);
}

/** Opens hostile variants of a project file: each is opened or refused by name and in time, and none is written to. */
export async function openVariants(count: number, seed: number): Promise<Tally> {
  const folder = temporaryFolder();
  const path = join(folder, 'hostile.mcnproj');
  const projects = new Projects(locateHome(join(folder, 'home')));
  const tally: Tally = { opened: 0, refused: 0, slowest: 0 };
  let index = 0;
  const sound = await readProjectFile(written(join(folder, 'sound.mcnproj'), soundProject()));
  await fc.assert(
    fc.asyncProperty(projectVariants(soundProject()), async (bytes) => {
      written(path, bytes);
      const began = performance.now();
      try {
        checkOpened(await readProjectFile(path));
        tally.opened++;
      } catch (error) {
        checkRefused(error, path);
        tally.refused++;
      }
      tally.slowest = Math.max(tally.slowest, performance.now() - began);
      expect(tally.slowest).toBeLessThan(LONGEST_MILLISECONDS);
      // Nor does a window write over it that knows another content of that path.
      if (index++ % 50 === 0 && contentHash(bytes) !== sound.hash) {
        const save = projects.save(sound.project, path, { hash: sound.hash, overwrite: false });
        await expect(save).rejects.toMatchObject({ problem: { code: 'project-changed' } });
      }
      expect(readFileSync(path).equals(bytes)).toBe(true);
    }),
    { numRuns: count, seed, endOnFailure: true },
  );
  rmSync(path);
  return tally;
}

function written(path: string, content: string | Uint8Array): string {
  writeFileSync(path, content);
  return path;
}
