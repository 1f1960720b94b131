import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { datasetPlace, datasetsHere } from '@main/services/dataset-places';
import { locateHome } from '@main/services/home';
import { temporaryFolder } from '../engine/data/idx-fixture';

it('finds a known set in the home, when it is there', async () => {
  const home = locateHome(await temporaryFolder());
  expect(await datasetPlace(home, 'cifar10')).toBe('cifar10');
  expect((await datasetsHere(home)).map(({ name }) => name)).toEqual(['mnist']);
  await mkdir(join(home.data, 'cifar10'), { recursive: true });
  expect(await datasetPlace(home, 'cifar10')).toBe(join(home.data, 'cifar10'));
  expect((await datasetsHere(home)).map(({ name }) => name)).toEqual(['mnist', 'cifar10']);
});

it('leaves the bundled set and what does not exist as they are, and completes a path', async () => {
  const home = locateHome(await temporaryFolder());
  await mkdir(join(home.data, 'mnist'), { recursive: true });
  expect(await datasetPlace(home, 'mnist')).toBe('mnist');
  expect(await datasetPlace(home, 'no/such/folder')).toBe('no/such/folder');
  expect(await datasetPlace(home, 'tests')).toBe(join(process.cwd(), 'tests'));
});
