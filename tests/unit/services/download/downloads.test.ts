import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Downloads } from '@main/services/download/downloads';
import type { DownloadFile } from '@shared/datasets/downloads';
import { problemOf, temporaryFolder } from '../../engine/data/idx-fixture';
import { serve, type Answer } from './local-server';

const BYTES = randomBytes(60_000);

/** Downloads of one set of one file, and what windows were told. */
async function downloadsFrom(...answers: Answer[]) {
  const dir = await temporaryFolder();
  const home = { data: join(dir, 'data'), datasets: join(dir, 'datasets.json') };
  const { url } = await serve(BYTES, ...answers);
  const sha256 = createHash('sha256').update(BYTES).digest('hex');
  const file: DownloadFile = { name: 'cifar-10-binary.tar.gz', url, bytes: BYTES.length, sha256 };
  const told: string[] = [];
  const downloads = new Downloads({
    home,
    onProgress: (id, done, total) => void told.push(`${id} ${done} of ${total}`),
    onChanged: () => void told.push('changed'),
    table: { cifar10: [file] },
  });
  return { downloads, home, told };
}

it('offers what is not here, fetches it, and offers it no more', async () => {
  const { downloads, home, told } = await downloadsFrom();
  expect(await downloads.offers()).toMatchObject([
    { id: 'cifar10', name: 'CIFAR-10', bytes: 60_000, done: 0, running: false },
  ]);
  await downloads.fetch('cifar10');
  expect(readdirSync(join(home.data, 'cifar10'))).toEqual(['cifar-10-binary.tar.gz']);
  expect(told.slice(-2)).toEqual(['cifar10 60000 of 60000', 'changed']);
  expect(await downloads.offers()).toEqual([]);
});

it('is stopped by its name, keeps what it has, and goes on', async () => {
  const { downloads, told } = await downloadsFrom({ stallAfter: 20_000 }, {});
  const first = downloads.fetch('cifar10');
  await expect.poll(() => told.length).toBeGreaterThan(0);
  expect(await downloads.offers()).toMatchObject([{ running: true }]);
  expect(await problemOf(() => downloads.fetch('cifar10'))).toMatchObject({ code: 'download-busy' });
  await expect.poll(async () => (await downloads.offers())[0]!.done).toBe(20_000);
  downloads.cancel('cifar10');
  expect(await problemOf(() => first)).toMatchObject({ code: 'download-stopped' });
  expect(told.at(-1)).toBe('changed');
  expect(await downloads.offers()).toMatchObject([{ done: 20_000, running: false }]);
  await downloads.fetch('cifar10');
  expect(await downloads.offers()).toEqual([]);
});

it('has no name that cannot be fetched', async () => {
  const { downloads } = await downloadsFrom();
  expect(await problemOf(() => downloads.fetch('mnist'))).toMatchObject({ code: 'data-not-fetchable' });
});
