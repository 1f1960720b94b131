import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { EngineOutput } from '@shared/contract/engine-job';
import { inspectDataJob } from '@main/engine/jobs/inspect-data';
import type { Port } from '@main/engine/port';
import { plainPng, smallFolder, treeOf } from '../data/images/image-fixture';

const resourcesDir = new URL('../../../../resources', import.meta.url).pathname;

async function inspect(place: string): Promise<EngineOutput[]> {
  const said: EngineOutput[] = [];
  const port: Port = {
    send: (output) => said.push(output),
    onMessage: () => undefined,
    onClose: () => undefined,
    close: () => undefined,
  };
  await inspectDataJob({ type: 'inspect-data', place, resourcesDir }, { port, onCommand: () => undefined });
  return said;
}

it('a folder of images tells classes and counts', async () => {
  const extra = { 'train/red/more.png': await plainPng(20, 20, [200, 1, 1]) };
  const place = await treeOf({ ...(await smallFolder()), ...extra });
  expect(await inspect(place)).toMatchObject([
    {
      type: 'inspected-data',
      kind: 'images',
      description: { classes: ['blue', 'red'], trainCount: 7, testCount: 4, adapts: true, channels: 3 },
      trainCounts: [3, 4],
      testCounts: [2, 2],
    },
  ]);
});

it('files that are read as a whole tell the same', async () => {
  const [found] = await inspect(join(resourcesDir, 'data', 'mnist'));
  expect(found).toMatchObject({ kind: 'files', description: { id: 'mnist', trainCount: 60_000 } });
  const { trainCounts, testCounts } = found as Extract<EngineOutput, { type: 'inspected-data' }>;
  // The published counts of the ten digits.
  expect(trainCounts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  expect(testCounts.reduce((sum, count) => sum + count, 0)).toBe(10_000);
});

it.each([
  ['a file that is no image', { 'train/red/notes.txt': 'x' }, 'images-not-image'],
  ['a class without test images', { 'train/green/0.png': 'x' }, 'images-classes-differ'],
  ['an image that is damaged', { 'train/red/0.png': 'no png' }, 'image-bad'],
])('a folder with %s is refused', async (_what, more, code) => {
  const place = await treeOf({ ...(await smallFolder()), ...more });
  await expect(inspect(place)).rejects.toMatchObject({ problem: { code } });
});

it('a folder with something else is refused, and told what a data set is', async () => {
  const place = await treeOf({ 'notes.txt': 'x' });
  await writeFile(join(place, 'more.txt'), 'y');
  await expect(inspect(place)).rejects.toMatchObject({
    problem: { code: 'dataset-file-missing', fix: expect.stringContaining('train/CLASS') },
  });
});
