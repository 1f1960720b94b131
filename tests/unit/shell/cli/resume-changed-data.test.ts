import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readEnvironment, writeEnvironment } from '@main/run-folder/environment';
import { smallSet } from '../../engine/data/idx-fixture';
import { smallFolder } from '../../engine/data/images/image-fixture';
import { changed, withByte } from './bad-data/bad-case';
import { idxDemand } from './bad-data/idx-cases';
import { imageDemand } from './bad-data/image-cases';
import { resume, train } from './train-here';

/** Six images with two bytes behind them that no decoder reads. */
async function trained() {
  const files = await smallFolder();
  const png = Buffer.concat([files['train/red/0.png']!, Buffer.of(0, 0)]);
  const run = await train({ files: changed(files, { 'train/red/0.png': png }), demand: imageDemand });
  expect(run.code).toBe(0);
  const path = join(run.data, 'train/red/0.png');
  const change = async (): Promise<void> => writeFile(path, withByte(png, png.length - 1, 1));
  return { ...run, png, path, change };
}

it('a run does not go on when an image has other bytes, though its name and size are the same', async () => {
  const run = await trained();
  expect((await resume(run)).code).toBe(0);
  await run.change();
  const { code, events, said } = await resume(run);
  expect(code).toBe(1);
  const { problem } = events.find(({ type }) => type === 'failed')!;
  expect(problem).toMatchObject({ code: 'data-changed', path: run.data });
  expect(problem!.message).toContain('train (contents) has another SHA-256');
  expect(said.join()).toContain('Put the old files back, or start a new run.');
  await writeFile(run.path, run.png);
  expect((await resume(run)).code).toBe(0);
});

it('a run from before contents were recorded goes on, and has them recorded', async () => {
  const run = await trained();
  const environment = (await readEnvironment(run.out))!;
  const { checksums } = environment.data;
  const old = Object.entries(checksums).filter(([name]) => !name.endsWith('(contents)'));
  expect(old).toHaveLength(2);
  const data = { ...environment.data, checksums: Object.fromEntries(old) };
  await writeEnvironment(run.out, { ...environment, data });
  expect((await resume(run)).code).toBe(0);
  expect((await readEnvironment(run.out))!.data.checksums).toEqual(checksums);
  await run.change();
  expect((await resume(run)).code).toBe(1);
});

it('a run does not go on with another pixel in a set that is read as a whole', async () => {
  const run = await train({ files: smallSet(), demand: idxDemand });
  const path = join(run.data, 'train-images-idx3-ubyte');
  const bytes = await readFile(path);
  await writeFile(path, withByte(bytes, 40, bytes[40]! ^ 1));
  const { events } = await resume(run);
  const { problem } = events.find(({ type }) => type === 'failed')!;
  expect(problem!.message).toContain('train-images-idx3-ubyte has another SHA-256');
});
