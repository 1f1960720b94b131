import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { datasetRegistry } from '@shared/datasets/registry';
import { DatasetInspections } from '@main/services/dataset-inspections';
import { datasetPlace, datasetsHere } from '@main/services/dataset-places';
import { locateHome, type Home } from '@main/services/home';
import { forkEngine } from '@main/shell/fork-engine';
import { temporaryFolder } from '../run-folder/run-fixture';

const found = {
  type: 'inspected-data',
  kind: 'images',
  description: { ...datasetRegistry['cifar10']!, classes: ['daisy', 'rose'], adapts: true },
  trainCounts: [3, 4],
  testCounts: [1, 2],
};

let dir: string;
let home: Home;
let inspections: DatasetInspections;

beforeEach(() => {
  dir = temporaryFolder();
  home = locateHome(join(dir, 'home'));
  const engine = join(dir, 'engine.cjs');
  // A real process; a place that is called "slow" takes longer than anybody waits.
  writeFileSync(
    engine,
    `process.once('message', ({ job }) => {
      if (job.place.endsWith('slow')) return setInterval(() => {}, 1000);
      if (job.place.endsWith('bad')) process.send({ type: 'failed-job', problem: { code: 'images-no-train', message: 'no' } }, () => process.disconnect());
      else {
        process.send(${JSON.stringify(found)});
        process.send({ type: 'done' }, () => process.disconnect());
      }
    });`,
  );
  inspections = new DatasetInspections(home, forkEngine(engine), dir);
});

it('a set that was looked at is remembered under its name, and found by it', async () => {
  const place = join(dir, 'flowers');
  writeFileSync(place, '');
  expect(await inspections.inspect('w1', place)).toMatchObject({ trainCounts: [3, 4] });
  expect(existsSync(home.datasets)).toBe(false);
  expect(await inspections.add(place)).toBe(place);
  expect((await datasetsHere(home)).at(-1)).toMatchObject({
    name: 'flowers',
    kind: 'images',
    description: { id: place, name: 'flowers', classes: ['daisy', 'rose'] },
  });
  expect(await datasetPlace(home, 'flowers')).toBe(place);
});

it('a known set in the home keeps its name', async () => {
  await inspections.inspect('w1', join(home.data, 'cifar10'));
  expect(await inspections.add(join(home.data, 'cifar10'))).toBe('cifar10');
  expect(existsSync(home.datasets)).toBe(false);
});

it('nothing is remembered that was not looked at, or was refused', async () => {
  const bad = join(dir, 'bad');
  await expect(inspections.inspect('w1', bad)).rejects.toMatchObject({
    problem: { code: 'images-no-train' },
  });
  for (const place of [bad, join(dir, 'other')])
    await expect(inspections.add(place)).rejects.toMatchObject({
      problem: { code: 'dataset-not-inspected' },
    });
});

it('looking ends when it is cancelled, when another place is chosen, and with its window only', async () => {
  const slow = join(dir, 'slow');
  const first = inspections.inspect('w1', slow);
  const other = inspections.inspect('w2', slow);
  const second = inspections.inspect('w1', join(dir, 'flowers'));
  await expect(first).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  await second;
  inspections.cancel('w1');
  inspections.cancel('w2');
  await expect(other).rejects.toMatchObject({ problem: { code: 'cancelled' } });
});
