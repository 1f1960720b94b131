import { describe, expect, it } from 'vitest';
import { loadBench } from './bench-modules';

interface Report {
  reportText(result: object): string;
  table(head: readonly string[], rows: readonly (readonly unknown[])[]): string;
  worstRatio(results: readonly { ratio: number | null }[]): number | null;
}

interface Options {
  readOptions(args: readonly string[]): Record<string, unknown> & { workloads: { name: string }[] };
}

const { reportText, table, worstRatio } = await loadBench<Report>('report.mjs');
const { readOptions } = await loadBench<Options>('options.mjs');
const { median } = await loadBench<{ median(values: readonly number[]): number }>('measure.mjs');
const { threadCounts } = await loadBench<{ threadCounts(most: number): number[] }>('scaling.mjs');

const MIB = 2 ** 20;

const COMPARED = {
  name: 'mcn-20',
  batch: 64,
  milliseconds: 250.4,
  imagesPerSecond: 255.6,
  peakBytes: 330 * MIB,
  wasmMilliseconds: 9100,
  peer: { milliseconds: 1001, peakBytes: 800 * MIB, format: 'channels_last' },
  ratio: 0.25,
  profile: {
    milliseconds: 250,
    kernels: [
      { name: 'ModulatedConv2D', calls: 19, milliseconds: 100 },
      { name: 'Reshape', calls: 300, milliseconds: 0.5 },
    ],
  },
};

const RESULT = {
  machine: 'A machine',
  coresInUse: 0,
  device: { name: 'cpu-native', description: 'CPU, native kernels', fellBack: null },
  threads: 2,
  steps: 10,
  torch: { version: '1.13.0', blas: 'OpenBLAS', problem: null },
  peerMemory: 'kept',
  mcconvForwardGflops: 1012.4,
  memory: { name: 'mcn-20', batch: 128, peakBytes: 650 * MIB, peerPeakBytes: 1411 * MIB },
  workloads: [COMPARED],
  scaling: null,
};

/** The line of a text that begins with a word, as its cells. */
function cells(text: string, first: string): string[] {
  const line = text.split('\n').find((candidate) => candidate.startsWith(first))!;
  return line.split(/ {2,}/);
}

describe('the report', () => {
  it('puts both programs side by side', () => {
    const text = reportText(RESULT);
    expect(cells(text, 'mcn-20  ')).toEqual(
      ['mcn-20', '64', '250 ms', '1001 ms', '0.25', '256/s', '9100 ms', '330 MiB', '800 MiB', 'channels_last'], // prettier-ignore
    );
    expect(text).toContain('In turns with PyTorch 1.13.0 with OpenBLAS, told to keep its memory');
    expect(reportText({ ...RESULT, peerMemory: 'system' })).toContain('as its system ships it');
    expect(text).toContain("mcn-20, batch 128: peak memory 650 MiB, PyTorch's 1411 MiB");
    expect(text).toContain('1012 dense-equivalent GFLOP/s');
    expect(text).not.toContain('quiet machine');
  });

  it('adds the times of kernels up to the whole step', () => {
    const text = reportText(RESULT);
    expect(cells(text, 'ModulatedConv2D')).toEqual(['ModulatedConv2D', '19', '100 ms', '40 %']);
    expect(cells(text, 'everything else').slice(-2)).toEqual(['150 ms', '60 %']);
    expect(text).not.toContain('Reshape');
  });

  it('quotes no ratio without a peer, and says why', () => {
    const alone = { ...COMPARED, peer: null, ratio: null };
    const text = reportText({
      ...RESULT,
      torch: { problem: 'PyTorch cannot be run by python3.' },
      workloads: [alone],
      memory: { ...RESULT.memory, peerPeakBytes: null },
    });
    expect(text).toContain('No ratios: PyTorch cannot be run by python3.');
    expect(cells(text, 'mcn-20  ').filter((cell) => cell === '-')).toHaveLength(4);
    expect(text).toContain('mcn-20, batch 128: peak memory 650 MiB\n');
  });

  it('says when others were at work, and on what it ran instead of the best device', () => {
    const fellBack = { from: 'cpu-native', reason: 'There is no addon.', fix: 'Build it.' };
    const text = reportText({ ...RESULT, coresInUse: 1.3, device: { ...RESULT.device, fellBack } });
    expect(text).toContain('Others used up to 1.3 cores: measure again on a quiet machine');
    expect(text).toContain('Not on cpu-native: There is no addon. Build it.');
  });

  it('shows how cost grows', () => {
    const scaling = {
      batches: { of: [32, 64], milliseconds: [50, 101] },
      widths: { of: [1, 2], milliseconds: [200, 700] },
      threads: { of: [1, 2], milliseconds: [400, 200] },
    };
    const text = reportText({ ...RESULT, scaling });
    expect(cells(text, '64  ')).toEqual(['64', '101 ms', '2.02 x']);
    expect(cells(text, '20-40-80-160')).toEqual(['20-40-80-160', '700 ms', '3.50 x']);
    expect(cells(text, '2  ')).toEqual(['2', '200 ms', '0.50 x']);
  });

  it('aligns columns: words left, figures right', () => {
    expect(table(['name', 'ms'], [['a', 5], ['longer', 12345]])).toBe(
      ['name       ms', '------  -----', 'a           5', 'longer  12345'].join('\n'),
    ); // prettier-ignore
  });
});

describe('figures', () => {
  it('are the middle of all, and of two middle ones the mean', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 2, 4, 100])).toBe(7);
  });

  it('have a worst ratio only when every one was measured', () => {
    expect(worstRatio([{ ratio: 0.3 }, { ratio: 0.41 }, { ratio: 0.2 }])).toBe(0.41);
    expect(worstRatio([{ ratio: 0.3 }, { ratio: null }])).toBeNull();
    expect(worstRatio([])).toBeNull();
  });

  it.each([
    [1, [1]],
    [2, [1, 2]],
    [6, [1, 2, 4, 6]],
    [8, [1, 2, 4, 8]],
  ])('scale up to %i threads', (most, counts) => {
    expect(threadCounts(most)).toEqual(counts);
  });
});

describe('options', () => {
  it('are all workloads with ten steps at first', () => {
    const options = readOptions([]);
    expect(options.workloads.map(({ name }) => name)).toEqual([
      'mcn-mnist',
      'mcn-mnist-small',
      'mcn-20',
      'wrn-20',
    ]);
    expect(options).toMatchObject({ steps: 10, withPeer: true, json: false });
  });

  it('choose', () => {
    const options = readOptions(['--workloads', 'wrn-20,mcn-20', '--steps=3', '--threads', '1', '--no-peer']);
    expect(options.workloads.map(({ name }) => name)).toEqual(['wrn-20', 'mcn-20']);
    expect(options).toMatchObject({ steps: 3, threads: 1, withPeer: false });
  });

  it.each([
    [['--workloads', 'mcn-21'], 'There is no workload "mcn-21". Workloads: mcn-mnist,'],
    [['--steps', '0'], '--steps takes a whole number from 1 on, not "0"'],
    [['--threads'], '--threads needs a value'],
    [['--fast'], 'There is no option --fast'],
  ])('%s are refused in words', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
