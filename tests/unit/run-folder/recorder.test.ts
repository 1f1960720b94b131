import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { METRIC_COLUMNS, type MetricRows } from '@shared/training/metrics';
import type { TrainEvent } from '@shared/training/engine-event';
import { createRunFolder } from '@main/run-folder/manifest';
import { readHistory } from '@main/run-folder/read-history';
import { readMetrics } from '@main/run-folder/metrics-file';
import { RunRecorder } from '@main/run-folder/run-recorder';
import { runPaths } from '@main/run-folder/run-paths';
import { temporaryFolder, tinyRun } from './run-fixture';

function rows(first: number, count: number): MetricRows {
  const columns = METRIC_COLUMNS.map((name, index) => [
    name,
    Float64Array.from({ length: count }, (_, row) => index + (first + row) / 7),
  ]);
  return { first, count, columns: Object.fromEntries(columns) as MetricRows['columns'] };
}

/** A metrics file as the first studio wrote it, which had nine columns. */
function firstVersion({ count, columns }: MetricRows): Buffer {
  const names = [
    'loss',
    'softmaxLoss',
    'filterLoss',
    'filterRaw',
    'accuracy',
    'learningRate',
    'modulationRate',
    'imagesPerSecond',
    'memoryBytes',
  ] as const;
  const head = Buffer.from(`MCNMETR1....${names.join(',').padEnd(108)}`, 'latin1');
  head.writeUInt32LE(108, 8);
  const values = Array.from({ length: count }, (_, row) => names.map((name) => columns[name][row]!)).flat();
  return Buffer.concat([head, new Uint8Array(Float64Array.from(values).buffer)]);
}

function plan(startStep: number): TrainEvent {
  return {
    type: 'plan',
    epochs: 2,
    stepsPerEpoch: 4,
    totalSteps: 8,
    binarizeStep: 4,
    startStep,
    trainCount: 400,
    testCount: 100,
    device: 'cpu-wasm',
    deviceDescription: 'CPU',
  };
}

async function newRun(): Promise<string> {
  const dir = join(temporaryFolder(), 'run');
  await createRunFolder(dir, tinyRun());
  return dir;
}

async function record(dir: string, step: number, events: readonly TrainEvent[]): Promise<void> {
  const recorder = await RunRecorder.open(dir, step);
  for (const event of events) recorder.record(event);
  await recorder.settle();
  await recorder.close();
}

const centers: TrainEvent = {
  type: 'centers',
  step: 4,
  first: true,
  layers: [{ node: 'mc1', name: 'MCconv 1', centers: Float32Array.of(-0.1, 0.2) }],
};

describe('a run folder', () => {
  it('gives back what was recorded: every step, every event', async () => {
    const dir = await newRun();
    await record(dir, 0, [
      plan(0),
      { type: 'state', state: 'training', step: 0 },
      { type: 'steps', ...rows(0, 3) },
      { type: 'steps', ...rows(3, 2) },
      centers,
      { type: 'state', state: 'stopped', step: 5 },
    ]);
    const history = await readHistory(dir, true);
    expect(history.metrics.rows()).toEqual(rows(0, 5));
    expect(history.centers).toEqual([centers]);
    expect(history.state).toBe('stopped');
    expect(history.step).toBe(5);
  });

  it('of a process that was killed is interrupted, and says what to do', async () => {
    const dir = await newRun();
    await record(dir, 0, [
      plan(0),
      { type: 'state', state: 'training', step: 0 },
      { type: 'steps', ...rows(0, 3) },
    ]);
    const history = await readHistory(dir, true);
    expect(history.state).toBe('interrupted');
    expect(history.failure?.fix).toContain('Resume');
  });

  it('loses an unfinished line and an unfinished row of a power cut, and nothing else', async () => {
    const dir = await newRun();
    await record(dir, 0, [plan(0), { type: 'steps', ...rows(0, 4) }]);
    const { events, metrics } = runPaths(dir);
    appendFileSync(events, '{"time":"2026-01-01","event":{"type":"sta');
    appendFileSync(metrics, Buffer.alloc(20, 1));
    expect((await readMetrics(metrics)).count).toBe(4);
    await record(dir, 2, [plan(2), { type: 'steps', ...rows(2, 3) }]);
    const history = await readHistory(dir, true);
    expect(history.metrics.rows()).toEqual(rows(0, 5));
    expect(readFileSync(events, 'utf8')).not.toContain('2026-01-01');
  });

  it('refuses to go on when its metrics end before the checkpoint', async () => {
    const dir = await newRun();
    await record(dir, 0, [{ type: 'steps', ...rows(0, 4) }]);
    truncateSync(runPaths(dir).metrics, 200);
    await expect(RunRecorder.open(dir, 4)).rejects.toMatchObject({ problem: { code: 'metrics-damaged' } });
  });

  it('goes on with the metrics of a version that had fewer columns; what it lacks is not a number', async () => {
    const dir = await newRun();
    const { metrics } = runPaths(dir);
    writeFileSync(metrics, firstVersion(rows(0, 4)));
    await record(dir, 3, [{ type: 'steps', ...rows(3, 2) }]);
    const found = (await readMetrics(metrics)).columns;
    expect(found.loss).toEqual(rows(0, 5).columns.loss);
    expect(found.memoryBytes).toEqual(rows(0, 5).columns.memoryBytes);
    expect([...found.centerLoss]).toEqual([NaN, NaN, NaN, ...rows(3, 2).columns.centerLoss]);
  });

  it('does not go on with metrics that have columns of a later version', async () => {
    const dir = await newRun();
    const { metrics } = runPaths(dir);
    const bytes = firstVersion(rows(0, 4));
    bytes.write('weight', bytes.indexOf('memory'));
    writeFileSync(metrics, bytes);
    await expect(RunRecorder.open(dir, 3)).rejects.toThrow('it has other columns than this version writes');
    expect(readFileSync(metrics).equals(bytes)).toBe(true);
  });

  it('refuses a metrics file of another kind by name', async () => {
    const dir = await newRun();
    writeFileSync(runPaths(dir).metrics, 'not metrics at all');
    await expect(readMetrics(runPaths(dir).metrics)).rejects.toThrow('it is no metrics file');
  });
});
