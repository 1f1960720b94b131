import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { datasetPlace, datasetsHere } from '@main/services/dataset-places';
import { temporaryFolder } from '../engine/data/idx-fixture';

it('finds a known set in the home, when it is there', async () => {
  const home = { data: join(await temporaryFolder(), 'data') };
  expect(datasetPlace(home, 'cifar10')).toBe('cifar10');
  expect(datasetsHere(home).map(({ id }) => id)).toEqual(['mnist']);
  await mkdir(join(home.data, 'cifar10'), { recursive: true });
  expect(datasetPlace(home, 'cifar10')).toBe(join(home.data, 'cifar10'));
  expect(datasetsHere(home).map(({ id }) => id)).toEqual(['mnist', 'cifar10']);
});

it('leaves the bundled set and what does not exist as they are, and completes a path', async () => {
  const home = { data: await temporaryFolder() };
  await mkdir(join(home.data, 'mnist'));
  expect(datasetPlace(home, 'mnist')).toBe('mnist');
  expect(datasetPlace(home, 'no/such/folder')).toBe('no/such/folder');
  expect(datasetPlace(home, 'tests')).toBe(join(process.cwd(), 'tests'));
});
