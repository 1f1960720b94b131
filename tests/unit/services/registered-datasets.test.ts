import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { datasetPlace, datasetsHere } from '@main/services/dataset-places';
import { locateHome, type Home } from '@main/services/home';
import { registerDataset, registeredDatasets } from '@main/services/registered-datasets';
import { writeEnvironment } from '@main/run-folder/environment';
import { createRunFolder } from '@main/run-folder/manifest';
import { checkFits } from '@shared/datasets/check-fits';
import { datasetRegistry } from '@shared/datasets/registry';
import { withUsedClasses } from '@shared/datasets/used-classes';
import { tinyRun } from '../run-folder/run-fixture';
import { temporaryFolder } from '../engine/data/idx-fixture';

const cifar = datasetRegistry['cifar10']!;

async function home(): Promise<Home> {
  return locateHome(await temporaryFolder());
}

/** A folder with these classes, and a run that was trained on two of them. */
async function trainedOn(given: Home, place: string, classes: readonly string[]): Promise<void> {
  for (const name of classes) await mkdir(join(place, 'train', name), { recursive: true });
  const dir = join(await temporaryFolder(), 'run');
  const run = tinyRun();
  await createRunFolder(dir, { ...run, manifest: { ...run.manifest, dataset: place } });
  const description = {
    ...cifar,
    id: place,
    source: place,
    classes: classes.slice(0, 2),
    adapts: true,
  } as const;
  const device = { name: 'cpu', description: 'CPU', identity: null, fellBack: null };
  await writeEnvironment(dir, { device, data: { description, checksums: {} } });
  await registerDataset(given, dir);
}

it('a folder that a run was trained on is remembered with all its classes, and found by its name', async () => {
  const own = await home();
  const place = join(await temporaryFolder(), 'flowers');
  await trainedOn(own, place, ['rose', 'daisy', 'tulip']);
  const [entry] = await registeredDatasets(own);
  expect(entry).toMatchObject({ name: 'flowers', kind: 'images', place });
  expect(entry!.description).toMatchObject({
    id: place,
    name: 'flowers',
    classes: ['daisy', 'rose', 'tulip'],
  });
  expect(await datasetPlace(own, 'flowers')).toBe(place);
  expect((await datasetsHere(own)).map(({ name }) => name)).toEqual(['mnist', 'flowers']);
});

it('is there once, whatever comes after it, and goes with its folder', async () => {
  const own = await home();
  const place = join(await temporaryFolder(), 'flowers');
  const other = join(await temporaryFolder(), 'flowers');
  await trainedOn(own, place, ['rose', 'daisy']);
  await trainedOn(own, other, ['rose', 'daisy']);
  await trainedOn(own, place, ['rose', 'daisy']);
  expect((await registeredDatasets(own)).map((set) => [set.name, set.place])).toEqual([
    ['flowers-2', other],
    ['flowers', place],
  ]);
  await rm(place, { recursive: true });
  expect((await registeredDatasets(own)).map((set) => set.name)).toEqual(['flowers-2']);
});

it('does not remember sets that have a name, and a damaged list counts as none', async () => {
  const own = await home();
  const run = tinyRun();
  const dir = join(await temporaryFolder(), 'run');
  await createRunFolder(dir, { ...run, manifest: { ...run.manifest, dataset: 'mnist' } });
  await registerDataset(own, dir);
  expect(await registeredDatasets(own)).toEqual([]);
  await writeFile(own.datasets, '{"half');
  expect((await datasetsHere(own)).map(({ name }) => name)).toEqual(['mnist']);
});

it('a run sees the classes that its settings leave', () => {
  const set = { ...cifar, adapts: true } as const;
  const none = { classList: '', classDraw: null };
  expect(withUsedClasses(cifar, { ...none, classDraw: 3 })).toBe(cifar);
  expect(withUsedClasses(set, none)).toBe(set);
  expect(withUsedClasses(set, { ...none, classDraw: 3 }).classes).toHaveLength(3);
  expect(withUsedClasses(set, { ...none, classList: 'dog, cat' }).classes).toEqual(['cat', 'dog']);
  const demand = { height: 7, width: 7, color: 'gray', classes: 3 } as const;
  expect(checkFits(withUsedClasses(set, { ...none, classDraw: 3 }), demand)).toEqual([]);
  expect(checkFits(set, demand).map(({ code }) => code)).toEqual(['dataset-classes']);
});
