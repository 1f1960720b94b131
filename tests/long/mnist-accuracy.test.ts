import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mcconvNodes } from '@shared/network/network';
import { weightName } from '@shared/network/weight-name';
import { readPacked } from '@shared/packed/read-packed';
import { planeCorrelation } from '@main/engine/training/filter-snapshot';
import { mcn, workFolder } from '../e2e/mcn';
import { mFilterWork } from './m-filter-work';

const HOUR = 3_600_000;

/** Trains with the command line on real MNIST; gives test accuracy on all 10,000 images and the exported model. */
async function trained(...words: string[]) {
  const home = workFolder();
  const run = join(home, 'run');
  const train = await mcn(home, 'train', ...words, '--epochs', '2', '--seed', '7', '--out', run, '--json');
  expect(train.code, train.stderr).toBe(0);
  const [ofRun] = (await mcn(home, 'eval', run, '--json')).lines();
  const file = join(home, 'model.mcn.safetensors');
  expect((await mcn(home, 'export', run, '--out', file)).code).toBe(0);
  const [ofFile] = (await mcn(home, 'eval', file, '--json')).lines();
  expect(ofRun).toMatchObject({ count: 10_000, binarized: true });
  expect(ofFile).toMatchObject({ count: 10_000, accuracy: ofRun!.accuracy });
  const packed = readPacked(new Uint8Array(readFileSync(file)), file);
  if (!packed.ok) throw new Error(packed.problems[0]!.message);
  return { accuracy: ofRun!.accuracy as number, model: packed.value.model };
}

it(
  'mcn-mnist-small reaches 97 % from 20,000 images in two epochs, with binary filters',
  { timeout: HOUR },
  async () => {
    const { accuracy } = await trained('--preset', 'mcn-mnist-small', '--limit-train', '20000');
    expect(accuracy).toBeGreaterThanOrEqual(0.97);
  },
);

it('mcn-mnist-tiny reaches 97.5 % in two epochs, and its M-Filters do work', { timeout: HOUR }, async () => {
  const { accuracy, model } = await trained('--preset', 'mcn-mnist-tiny');
  expect(accuracy).toBeGreaterThanOrEqual(0.975);
  const work = await mFilterWork(model);
  expect(work.find(({ layer }) => layer === 'all')!.rms).toBeGreaterThan(0.01);
  for (const { layer, largest } of work) expect(largest, layer).toBeGreaterThan(0.01);
  for (const { id, values } of mcconvNodes(model.network)) {
    const m = model.weights.get(weightName(id, 'M'))!;
    expect(planeCorrelation(m, values.planes), id).toBeLessThan(0.999);
  }
});
