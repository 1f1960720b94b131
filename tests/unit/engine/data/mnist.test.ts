import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { channelStatistics } from '@main/engine/data/channel-statistics';
import { openDataset, type Dataset } from '@main/engine/data/dataset';
import { IDX_ROLES } from '@main/engine/data/idx-names';
import { problemOf, resourcesDir, temporaryFolder } from './idx-fixture';

const bundled = join(resourcesDir, 'data', 'mnist');

/** A resources folder with the real files, `changed` ones aside. */
async function resourcesWith(changed: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const resources = await temporaryFolder();
  const dir = join(resources, 'data', 'mnist');
  await mkdir(dir, { recursive: true });
  for (const name of [...IDX_ROLES.map((role) => `${role}.gz`), 'checksums.json']) {
    const bytes = changed[name];
    if (bytes) await writeFile(join(dir, name), bytes);
    else await copyFile(join(bundled, name), join(dir, name));
  }
  return resources;
}

describe('bundled MNIST', () => {
  let mnist: Dataset;
  beforeAll(async () => {
    mnist = await openDataset({ data: 'mnist', resourcesDir });
  });

  it('holds 60,000 and 10,000 images of 28 x 28', () => {
    expect(mnist.train).toMatchObject({ count: 60_000, height: 28, width: 28, channels: 1 });
    expect(mnist.test).toMatchObject({ count: 10_000, height: 28, width: 28, channels: 1 });
    expect(mnist.train.images.length).toBe(60_000 * 784);
    expect(mnist.train.labels.length).toBe(60_000);
    expect(mnist.description).toMatchObject({ id: 'mnist', trainCount: 60_000, testCount: 10_000 });
  });

  it('has the published labels and class counts', () => {
    expect([...mnist.train.labels.slice(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    expect([...mnist.test.labels.slice(0, 5)]).toEqual([7, 2, 1, 0, 4]);
    const counts = new Array<number>(10).fill(0);
    for (const label of mnist.train.labels) counts[label]!++;
    expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  });

  it('has the mean and deviation that its description states', () => {
    const { mean, std } = channelStatistics(mnist.train);
    expect(mean[0]).toBeCloseTo(0.1307, 4);
    expect(std[0]).toBeCloseTo(0.3081, 4);
    expect([mnist.description.mean, mnist.description.std]).toEqual([[0.1307], [0.3081]]);
  });

  it('reports the published checksums', () => {
    expect(mnist.checksums['train-images-idx3-ubyte']).toBe(
      'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    );
    expect(Object.keys(mnist.checksums)).toEqual([...IDX_ROLES]);
  });

  it('can be limited to its first images', async () => {
    const part = await openDataset({ data: 'mnist', resourcesDir, limitTrain: 1000, limitTest: 20_000 });
    expect(part.train.count).toBe(1000);
    expect(Buffer.compare(part.train.images, mnist.train.images.subarray(0, 784_000))).toBe(0);
    expect(part.train.images.buffer.byteLength).toBe(784_000);
    expect(part.train.labels).toEqual(mnist.train.labels.subarray(0, 1000));
    expect(new Set(part.train.labels).size).toBe(10);
    expect(part.test.count).toBe(10_000);
    expect(part.description.trainCount).toBe(60_000);
    expect(part.checksums).toEqual(mnist.checksums);
  });

  it('is recognised in a folder, plain and by other names', async () => {
    const dir = await temporaryFolder();
    for (const role of IDX_ROLES) {
      const name = role.replace('-idx', '.idx');
      await writeFile(join(dir, name), gunzipSync(await readFile(join(bundled, `${role}.gz`))));
    }
    const found = await openDataset({ data: dir, resourcesDir, limitTrain: 10 });
    expect(found.description).toEqual(mnist.description);
    expect(found.checksums).toEqual(mnist.checksums);
  });
});

describe('damaged bundled MNIST', () => {
  const labels = 't10k-labels-idx1-ubyte.gz';

  it('is refused when a label was changed', async () => {
    const bytes = gunzipSync(await readFile(join(bundled, labels)));
    bytes[100] = (bytes[100]! + 1) % 10;
    const resources = await resourcesWith({ [labels]: gzipSync(bytes) });
    const problem = await problemOf(() => openDataset({ data: 'mnist', resourcesDir: resources }));
    expect(problem).toMatchObject({
      code: 'dataset-checksum',
      path: join(resources, 'data', 'mnist', labels),
    });
    expect(problem.message).toContain('ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2');
  });

  it('is refused when a file is cut off', async () => {
    const resources = await resourcesWith({
      [labels]: (await readFile(join(bundled, labels))).subarray(0, 3000),
    });
    const problem = await problemOf(() => openDataset({ data: 'mnist', resourcesDir: resources }));
    expect(problem).toMatchObject({ code: 'gzip-bad', path: join(resources, 'data', 'mnist', labels) });
  });

  it('is refused when its list of checksums is damaged or gone', async () => {
    const resources = await resourcesWith({ 'checksums.json': new TextEncoder().encode('{"a": 1}') });
    expect((await problemOf(() => openDataset({ data: 'mnist', resourcesDir: resources }))).code).toBe(
      'dataset-checksums',
    );
    const empty = await temporaryFolder();
    const problem = await problemOf(() => openDataset({ data: 'mnist', resourcesDir: empty }));
    expect(problem).toMatchObject({
      code: 'file-missing',
      path: join(empty, 'data', 'mnist', 'checksums.json'),
    });
  });

  it('is found through a link to the resources', async () => {
    const link = join(await temporaryFolder(), 'resources');
    await symlink(resourcesDir, link);
    expect((await openDataset({ data: 'mnist', resourcesDir: link, limitTrain: 1 })).train.count).toBe(1);
  });
});
