import { describe, expect, it } from 'vitest';
import { openDataset, type Dataset } from '@main/engine/data/dataset';
import { describedEmnist } from '@main/engine/data/emnist';
import { EMNIST_SPLITS } from '@shared/datasets/emnist-splits';
import { emnistLetters, fashionMnist } from '@shared/datasets/mnist-relatives';
import { folderOf, idxBytes, problemOf, resourcesDir, smallSet } from './idx-fixture';

/** smallSet under the names of a split of EMNIST, with other labels. */
function emnist(split: string, train: number[], test: number[]): Record<string, Uint8Array> {
  const changed = {
    ...smallSet(),
    'train-labels-idx1-ubyte': idxBytes([6], train),
    't10k-labels-idx1-ubyte': idxBytes([3], test),
  };
  return Object.fromEntries(
    Object.entries(changed).map(([name, bytes]) => [
      `emnist-${split}-${name.replace('t10k', 'test')}`,
      bytes,
    ]),
  );
}

async function open(files: Readonly<Record<string, Uint8Array>>): Promise<Dataset> {
  return openDataset({ data: await folderOf(files), resourcesDir });
}

describe('splits of EMNIST', () => {
  it('have the classes of the paper', () => {
    const counts = Object.entries(EMNIST_SPLITS).map(([name, { classes }]) => [name, classes.length]);
    expect(Object.fromEntries(counts)).toEqual({
      balanced: 47,
      byclass: 62,
      bymerge: 47,
      letters: 26,
      digits: 10,
      mnist: 10,
    });
    for (const { classes } of Object.values(EMNIST_SPLITS))
      expect(new Set(classes).size).toBe(classes.length);
  });

  it('are turned upright: rows and columns are exchanged in their files', async () => {
    const { train, test, description } = await open(emnist('balanced', [0, 1, 2, 3, 4, 5], [46, 0, 1]));
    expect([train.height, train.width]).toEqual([6, 4]);
    expect(description).toMatchObject({ height: 6, width: 4, name: 'EMNIST Balanced' });
    // Stored 4 x 6 with pixel 10 i + 6 y + x; so upright, [6, 4], the one at (y, x) is 10 i + 6 x + y.
    const upright = (image: number): number[] =>
      Array.from({ length: 24 }, (_, at) => 10 * image + 6 * (at % 4) + Math.floor(at / 4));
    expect([...train.images.subarray(0, 24)]).toEqual(upright(0));
    expect([...train.images.subarray(5 * 24)]).toEqual(upright(5));
    expect([...test.images.subarray(24, 48)]).toEqual(upright(1));
    expect(description.classes[46]).toBe('t');
    expect(test.labels[0]).toBe(46);
  });

  it('begin with the label 1 where they are letters', async () => {
    const { train, test, description } = await open(emnist('letters', [1, 2, 3, 26, 25, 1], [26, 1, 2]));
    expect([...train.labels]).toEqual([0, 1, 2, 25, 24, 0]);
    expect([...test.labels]).toEqual([25, 0, 1]);
    expect(description.classes.join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  });

  it.each([
    ['letters', [1, 2, 0, 3, 4, 5], [1, 2, 3], 'train-labels', 'record 2 has the label 0', '1 to 26'],
    ['letters', [1, 2, 3, 3, 4, 5], [1, 27, 3], 'test-labels', 'record 1 has the label 27', '1 to 26'],
    ['digits', [1, 2, 0, 3, 4, 10], [1, 2, 3], 'train-labels', 'record 5 has the label 10', '0 to 9'],
  ])('%s: refuses labels that the split does not have', async (split, train, test, file, record, range) => {
    const problem = await problemOf(() => open(emnist(split, train, test)));
    expect(problem.code).toBe('dataset-label');
    expect(problem.path).toContain(`emnist-${split}-${file}`);
    expect(problem.message).toContain(record);
    expect(problem.message).toContain(range);
  });

  it('are the known set when they are whole, with the statistics of their pixels', () => {
    const whole = { ...emnistLetters, id: '/some/folder', name: 'folder', mean: [0.17], std: [0.33] };
    expect(describedEmnist(whole, 'letters')).toEqual({ ...emnistLetters, mean: [0.17], std: [0.33] });
    const part = { ...whole, trainCount: 1000 };
    expect(describedEmnist(part, 'letters')).toEqual({ ...part, name: 'EMNIST Letters' });
  });

  it('are not met by names of other sets', async () => {
    const { description, train } = await open(emnist('numbers', [0, 1, 2, 0, 1, 2], [0, 1, 2]));
    expect(description.classes).toEqual(['0', '1', '2']);
    expect(train.height).toBe(4);
  });
});

describe('Fashion-MNIST', () => {
  /** As many images as the set has; a share of their pixels has one value, so that mean and deviation are those published. */
  function files(share: number): Record<string, Uint8Array> {
    const images = (count: number): Uint8Array => {
      const pixels = new Uint8Array(count * 784);
      for (let at = 0, sum = 0; at < pixels.length; at++) {
        sum += share;
        if (sum < 1) continue;
        sum -= 1;
        pixels[at] = 184;
      }
      return idxBytes([count, 28, 28], pixels);
    };
    const labels = (count: number): Uint8Array =>
      idxBytes(
        [count],
        Uint8Array.from({ length: count }, (_, at) => at % 10),
      );
    return {
      'train-images-idx3-ubyte': images(60_000),
      'train-labels-idx1-ubyte': labels(60_000),
      't10k-images-idx3-ubyte': images(10_000),
      't10k-labels-idx1-ubyte': labels(10_000),
    };
  }

  it('is told by its counts and statistics, since its files have the names of MNIST', async () => {
    expect((await open(files(0.3964))).description).toBe(fashionMnist);
    const other = (await open(files(0.39))).description;
    expect(other.classes).toEqual('0 1 2 3 4 5 6 7 8 9'.split(' '));
    expect(other.trainCount).toBe(60_000);
  });
});

it('a known set that is not here is fetched where that can be done, and else got from its page', async () => {
  const told = async (data: string): Promise<string> =>
    (await problemOf(() => openDataset({ data, resourcesDir }))).fix!;
  expect(await told('kmnist')).toContain('"data fetch kmnist" gets them');
  expect(await told('emnist-letters')).toMatch(/^Get them from https:\/\/www\.nist\.gov/);
});
