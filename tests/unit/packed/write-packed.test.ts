import { describe, expect, it } from 'vitest';
import { assignCenters } from '@shared/binarization/assign-centers';
import { datasetRegistry } from '@shared/datasets/registry';
import { profile } from '@shared/network/profile';
import { weightName } from '@shared/network/weight-name';
import { fitMissingCenters } from '@shared/packed/fit-missing-centers';
import { packedClassNames, packedData, type PackedModel } from '@shared/packed/packed-model';
import { writePacked } from '@shared/packed/write-packed';
import { drawnModel, presetNetwork, read, smallModel, written } from './sample-models';

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;

function headerOf(bytes: Uint8Array): { header: Header; start: number } {
  const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  return { header: JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))) as Header, start };
}

/** A model with one value of one weight replaced. */
function withValue(model: PackedModel, name: string, at: number, value: number): PackedModel {
  const changed = model.weights.get(name)!.slice();
  changed[at] = value;
  return { ...model, weights: new Map(model.weights).set(name, changed) };
}

describe('a written file', () => {
  const model = smallModel();
  const { bytes } = written(model);

  it('starts its data at a multiple of 8, and every float at one of 4', () => {
    const { header, start } = headerOf(bytes);
    expect(start % 8).toBe(0);
    for (const { dtype, data_offsets: offsets } of Object.values(header)) {
      if (dtype === 'F32') expect(offsets[0] % 4).toBe(0);
    }
  });

  it('holds weight C[h, g][c, y, x] at the place that FORMAT.md gives', () => {
    const { header, start } = headerOf(bytes);
    const bits = bytes.subarray(start + header['mc/C.bits']!.data_offsets[0]);
    const [g, k, h, w, width] = [1, 2, 3, 3, 2];
    const indices = assignCenters(model.weights.get('mc/C')!, model.centers.get('mc')!);
    for (let out = 0; out < h; out++) {
      for (let channel = 0; channel < g * k; channel++) {
        for (let tap = 0; tap < w * w; tap++) {
          const bit = ((out * g * k + channel) * w * w + tap) * width;
          const stored = (bits[Math.floor(bit / 8)]! >>> (bit % 8)) & 3;
          expect(stored).toBe(indices[(tap * g * k + channel) * h + out]);
        }
      }
    }
  });

  it('holds kernels as out, in, y, x', () => {
    const { header, start } = headerOf(bytes);
    const view = new DataView(bytes.buffer, start);
    const value = (name: string, at: number) => view.getFloat32(header[name]!.data_offsets[0] + 4 * at, true);
    const conv = model.weights.get('conv/kernel')!;
    expect(header['conv/kernel']!.shape).toEqual([5, 6, 3, 3]);
    expect(value('conv/kernel', ((4 * 6 + 2) * 3 + 1) * 3 + 2)).toBe(conv[((1 * 3 + 2) * 6 + 2) * 5 + 4]);
    const dense = model.weights.get('fc/kernel')!;
    expect(header['fc/kernel']!.shape).toEqual([4, 5]);
    expect(value('fc/kernel', 3 * 5 + 1)).toBe(dense[1 * 4 + 3]);
  });

  it('is the same when it is written again, from the model or from itself', () => {
    expect(written(model).bytes).toEqual(bytes);
    expect(written(read(bytes).model).bytes).toEqual(bytes);
  });

  it('gives back all but the latent filters', () => {
    const back = read(bytes).model;
    expect(back.data).toEqual(model.data);
    expect(back).toMatchObject({ testAccuracy: 0.9871, creator: 'MCN Studio 0.1.0' });
    expect(back.centers).toEqual(model.centers);
    for (const [name, values] of model.weights) {
      if (name !== 'mc/C') expect(back.weights.get(name)).toEqual(values);
    }
  });

  it('may say nothing of an accuracy', () => {
    expect(read(written({ ...model, testAccuracy: null }).bytes).model.testAccuracy).toBeNull();
  });

  it.each([
    ['mc/M', -0.5, 'M of MCconv'],
    ['mc/C', NaN, 'C of MCconv'],
    ['fc/bias', Infinity, 'bias of Dense'],
    ['bn/variance', -1, 'variance of BatchNorm'],
  ])('is refused when %s holds %f', (name, value, words) => {
    const result = writePacked(withValue(model, name, 1, value));
    if (result.ok) throw new Error('was written');
    expect(result.problems).toHaveLength(1);
    expect(result.problems[0]).toMatchObject({ code: 'packed-unwritable' });
    expect(result.problems[0]!.message).toContain(words);
  });

  it('is never made of a part of the weights', () => {
    const weights = new Map(model.weights);
    weights.delete('fc/bias');
    expect(() => writePacked({ ...model, weights })).toThrow('fc/bias');
    expect(() => writePacked({ ...model, centers: new Map() })).toThrow('mc');
  });
});

describe('the ledger', () => {
  it.each(['mcn', 'umcn', 'wrn'] as const)('of every byte agrees with file and profile as %s', (family) => {
    const network = presetNetwork('mcn-mnist-tiny', family);
    const { bytes, ledger } = written(drawnModel(network));
    const { total } = profile(network);
    const header = ledger.rows.at(-1)!;
    expect(header).toMatchObject({ node: null, kind: 'header' });
    expect(ledger.fileBytes).toBe(bytes.length);
    expect(ledger.fileBytes - header.bytes).toBe(total.storedBytes);
    expect(ledger.fileFloatBytes - header.bytes).toBe(total.floatBytes);
    expect(ledger.filterBytes).toBe(total.filterBytes);
    expect(ledger.filterFloatBytes).toBe(total.filterFloatBytes);
    expect(read(bytes).ledger).toEqual(ledger);
  });

  it('of mcn-mnist has the numbers of mcn.md, section 8', () => {
    const { ledger } = written(drawnModel(presetNetwork('mcn-mnist')));
    const sum = (kind: string) =>
      ledger.rows.filter((row) => row.kind === kind).reduce((total, row) => total + row.bytes, 0);
    expect(sum('bits')).toBe(75_690);
    expect(sum('m-filter') + sum('centers')).toBe(608);
    expect(ledger.filterBytes).toBe(76_298);
    expect(ledger.filterFloatBytes).toBe(2_422_080);
    expect(ledger.filterReconstructedBytes).toBe(9_688_320);
    expect((ledger.fileFloatBytes / ledger.fileBytes).toFixed(1)).toBe('1.2');
  });

  it('of mcn-mnist-tiny fits into 47 kB', () => {
    expect(written(drawnModel(presetNetwork('mcn-mnist-tiny'))).bytes.length).toBeLessThanOrEqual(47_000);
  });
});

describe('a checkpoint of the warm-up', () => {
  it('gets its centers fitted, and says so', () => {
    const model = smallModel();
    const { model: complete, notices } = fitMissingCenters({ ...model, centers: new Map() });
    expect(complete.centers).toEqual(model.centers);
    expect(complete.testAccuracy).toBeNull();
    expect(notices).toMatchObject([{ code: 'packed-centers-fitted', severity: 'hint' }]);
    expect(notices[0]!.message).toContain('MCconv');
  });

  it('keeps the centers that it has', () => {
    const centers = new Map([['mc', Float32Array.of(-1, 0, 1)]]);
    const { model, notices } = fitMissingCenters({ ...smallModel(), centers });
    expect(model.centers).toBe(centers);
    expect(notices).toEqual([]);
    const stored = read(written(model).bytes).model.weights.get(weightName('mc', 'C'))!;
    expect(stored.every((value) => [-1, 0, 1].includes(value))).toBe(true);
  });
});

describe('what a file says of its data', () => {
  it('is everything a stranger needs, and nothing of the folder it lay in', () => {
    const mnist = datasetRegistry.mnist!;
    expect(packedData(mnist)).toMatchObject({ id: 'mnist', mean: [0.1307], std: [0.3081] });
    const folder = '/home/someone/secret/leaves';
    const own = packedData({ ...mnist, id: folder, name: 'leaves', source: folder });
    expect(own.id).toBe('leaves');
    expect(JSON.stringify(own)).not.toContain('someone');
  });

  it('names classes as the Output does, or else as the data set', () => {
    const model = smallModel();
    expect(packedClassNames(model)).toEqual(['0', '1', '2', '3']);
    const nodes = model.network.nodes.map((node) =>
      node.type === 'output' ? { ...node, values: { classes: 'ant, bee, cat, dog' } } : node,
    );
    expect(packedClassNames({ ...model, network: { ...model.network, nodes } })).toEqual([
      'ant',
      'bee',
      'cat',
      'dog',
    ]);
  });
});
