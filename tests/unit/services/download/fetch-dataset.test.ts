import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datasetPlace, datasetsHere } from '@main/services/dataset-places';
import { listDatasets } from '@main/services/download/dataset-list';
import {
  downloadsFrom,
  downloadsOf,
  fetchDataset,
  type FetchOptions,
} from '@main/services/download/fetch-dataset';
import { datasetDownloads, type DownloadFile } from '@shared/datasets/downloads';
import { namedDataset } from '@shared/datasets/registry';
import { problemOf, temporaryFolder } from '../../engine/data/idx-fixture';
import { serve, type Answer, type LocalServer } from './local-server';

const BYTES = [randomBytes(50_000), randomBytes(70_000)] as const;

const options: FetchOptions = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  retries: 0,
  retrySeconds: 0,
};

/** Two files, each from a server of its own. */
async function twoFiles(second: Answer = {}): Promise<{ files: DownloadFile[]; servers: LocalServer[] }> {
  const servers = [await serve(BYTES[0]), await serve(BYTES[1], second)];
  const files = BYTES.map((bytes, index) => ({
    name: ['train_32x32.mat', 'test_32x32.mat'][index]!,
    url: servers[index]!.url,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }));
  return { files, servers };
}

async function emptyHome(): Promise<{ data: string; datasets: string }> {
  const dir = await temporaryFolder();
  return { data: join(dir, 'data'), datasets: join(dir, 'datasets.json') };
}

describe('fetching a data set', () => {
  it('puts all of its files into the folder of its name, and tells of them as one', async () => {
    const home = await emptyHome();
    const { files } = await twoFiles();
    const told: [number, number][] = [];
    const onProgress = (done: number, total: number): void => void told.push([done, total]);
    const dir = await fetchDataset(home, 'svhn', { ...options, onProgress }, files);
    expect(dir).toBe(join(home.data, 'svhn'));
    expect(readdirSync(dir).sort()).toEqual(['test_32x32.mat', 'train_32x32.mat']);
    expect(Buffer.compare(readFileSync(join(dir, 'test_32x32.mat')), BYTES[1])).toBe(0);
    expect(told.at(-1)).toEqual([120_000, 120_000]);
    expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).sort((a, b) => a - b));
    expect(await datasetPlace(home, 'svhn')).toBe(dir);
    expect(readdirSync(home.data)).toEqual(['svhn']);
  });

  it('shows nothing of it before it is whole, and goes on the next time', async () => {
    const home = await emptyHome();
    const broken = await twoFiles({ dropAfter: 30_000 });
    const problem = await problemOf(() => fetchDataset(home, 'svhn', options, broken.files));
    expect(problem.code).toBe('download-cut');
    expect((await datasetsHere(home)).map(({ name }) => name)).toEqual(['mnist']);
    const { files, servers } = await twoFiles();
    const dir = await fetchDataset(home, 'svhn', options, files);
    expect(servers[0]!.asked).toEqual([]);
    expect(servers[1]!.asked[0]).toBeGreaterThan(0);
    expect(Buffer.compare(readFileSync(join(dir, 'test_32x32.mat')), BYTES[1])).toBe(0);
  });

  it('leaves alone what is there', async () => {
    const home = await emptyHome();
    mkdirSync(join(home.data, 'svhn'), { recursive: true });
    const { files, servers } = await twoFiles();
    expect(await fetchDataset(home, 'svhn', options, files)).toBe(join(home.data, 'svhn'));
    expect(servers[0]!.asked).toEqual([]);
  });

  it('is one at a time', async () => {
    const home = await emptyHome();
    const { files } = await twoFiles();
    const [first, second] = await Promise.allSettled([
      fetchDataset(home, 'svhn', options, files),
      fetchDataset(home, 'cifar10', options, files),
    ]);
    const failed = [first, second].filter(({ status }) => status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({ reason: { problem: { code: 'download-busy' } } });
  });

  it('is refused before it begins when the disk has no room', async () => {
    const home = await emptyHome();
    const { files, servers } = await twoFiles();
    const huge = files.map((file) => ({ ...file, bytes: 2 ** 52 }));
    const problem = await problemOf(() => fetchDataset(home, 'svhn', options, huge));
    expect(problem.code).toBe('file-disk-full');
    expect(servers[0]!.asked).toEqual([]);
  });

  it('needs a home that can be written', async () => {
    const dir = await temporaryFolder();
    writeFileSync(join(dir, 'data'), '');
    const problem = await problemOf(() =>
      fetchDataset({ data: join(dir, 'data', 'below') }, 'svhn', options),
    );
    expect(problem).toMatchObject({ code: 'file-folder-missing' });
  });
});

describe('what can be fetched', () => {
  it('has an address, a size and a checksum, and is a known set', () => {
    for (const [id, files] of Object.entries(datasetDownloads)) {
      expect(namedDataset(id)).toBeDefined();
      for (const { name, url, bytes, sha256 } of files) {
        expect(new URL(url).pathname).toMatch(new RegExp(`/${name}$`));
        expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(bytes).toBeGreaterThan(0);
      }
    }
  });

  it('the bundled set is not, nor is an unknown one', async () => {
    expect((await problemOf(() => downloadsOf('mnist'))).message).toContain('comes with the studio');
    const problem = await problemOf(() => downloadsOf('constructor'));
    expect(problem).toMatchObject({
      code: 'data-not-fetchable',
      fix: 'These can be fetched: fashion-mnist, kmnist, cifar10, cifar100, svhn.',
    });
    const emnist = await problemOf(() => downloadsOf('emnist-letters'));
    expect(emnist.message).toContain('EMNIST Letters cannot be fetched');
    expect(emnist.fix).toContain('Get its four files from https://www.nist.gov');
  });

  it('may lie elsewhere, with the same checksums', async () => {
    const [file] = downloadsFrom('cifar10', 'https://mirror.example/data/');
    expect(file).toEqual({
      ...downloadsOf('cifar10')[0],
      url: 'https://mirror.example/data/cifar-10-binary.tar.gz',
    });
    expect(downloadsFrom('cifar10', 'https://mirror.example/data')[0]).toEqual(file);
    for (const address of ['file:///data', 'mirror', '']) {
      expect((await problemOf(() => downloadsFrom('svhn', address))).code).toBe('data-address');
    }
  });

  it('is listed with where it is', async () => {
    const home = await emptyHome();
    mkdirSync(join(home.data, 'svhn'), { recursive: true });
    const sets = await listDatasets(home);
    expect(sets.map(({ name, here, place, bytes }) => [name, here, place, bytes])).toEqual([
      ['mnist', true, null, null],
      ['fashion-mnist', false, null, 30_878_645],
      ['kmnist', false, null, 21_240_888],
      ['emnist-balanced', false, null, null],
      ['emnist-letters', false, null, null],
      ['cifar10', false, null, 170_052_171],
      ['cifar100', false, null, 168_513_733],
      ['svhn', true, join(home.data, 'svhn'), 246_316_178],
    ]);
  });
});
