import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { readManifest } from '@main/run-folder/manifest';
import { readHistory } from '@main/run-folder/read-history';
import { locateHome } from '@main/services/home';
import { createStudio } from '@main/services/studio';
import { forkEngine } from '@main/shell/fork-engine';
import { placesBeside } from '@main/shell/places';
import { CLI, mcn, workFolder } from './mcn';
import { runOutcome } from './run-outcome';
import { smallMnist } from './small-mnist';
import { smallProject } from './small-project';

/** A home with a run of four epochs of ten steps, and how to call the command line there. */
async function trainedRun() {
  const home = workFolder();
  const data = smallMnist(home, 640, 100);
  const project = smallProject(home, { epochs: 4, batchSize: 64, seed: 11 });
  const parent = join(home, 'parent');
  const train = await mcn(home, 'train', '--project', project, '--data', data, '--out', parent);
  expect(train.code, train.stderr).toBe(0);
  return { home, parent, fork: (...words: string[]) => mcn(home, 'fork', parent, ...words) };
}

it('a fork with the settings of its parent ends with its bits, stands alone and says where it comes from', async () => {
  const { home, parent, fork } = await trainedRun();
  const dir = join(home, 'fork');
  const made = await fork('--checkpoint', '2', '--name', 'Twin', '--out', dir);
  expect(made.code, made.stderr).toBe(0);
  expect(made.stdout.trim()).toBe(dir);
  const [wanted, found] = [await runOutcome(parent), await runOutcome(dir)];
  expect(found.metrics).toEqual(wanted.metrics);
  expect(found.epochs).toEqual(wanted.epochs);
  expect(found.centers).toEqual(wanted.centers);
  expect(found.checkpoints[0]).toEqual(wanted.checkpoints[0]);
  expect(found.index.best).toEqual(wanted.index.best);

  const { id } = await readManifest(parent);
  const origin = { id, name: 'Small', checkpoint: 2, step: 20, epoch: 2 };
  expect((await readManifest(dir)).parent).toEqual(origin);
  rmSync(parent, { recursive: true });
  const listed = (await mcn(home, 'runs', '--json')).lines();
  expect(listed).toMatchObject([{ name: 'Twin', state: 'finished', parent: origin }]);
  expect((await mcn(home, 'runs')).stdout).toContain('fork of Small after epoch 2');
  expect((await mcn(home, 'eval', dir, '--json', '--threads', '1')).lines()).toMatchObject([
    { accuracy: found.epochs.at(-1)!.testAccuracy, count: 100 },
  ]);
});

it('a fork goes on with other settings; with another method its slots start anew, and it says so', async () => {
  const { home, parent, fork } = await trainedRun();
  const dir = join(home, 'fork');
  const set = ['--set', 'optimizer=adam', '--set', 'filterLoss=0.0005', '--epochs', '6'];
  const made = await fork('--checkpoint', 'last', ...set, '--out', dir);
  expect(made.code, made.stderr).toBe(0);
  expect(made.stderr).toContain('whose slots start from zero');
  const history = await readHistory(dir, true);
  expect(history.notices.map(({ problem }) => problem.code)).toEqual(['slots-anew']);
  expect(history.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
  const [wanted, found] = [await runOutcome(parent), await runOutcome(dir)];
  expect(found.metrics.loss!.slice(0, 40)).toEqual(wanted.metrics.loss);
  expect(found.checkpoints[0]!.optimizer).toMatchObject({ method: 'adam', steps: 20 });
  expect((await readManifest(dir)).settings).toMatchObject({ optimizer: 'adam', learningRate: 0.001 });
});

it('a window gets a fork by a request, which is trained at once', async () => {
  const { home, parent } = await trainedRun();
  const { engineEntry, resourcesDir } = placesBeside(pathToFileURL(CLI).href);
  const studio = createStudio({
    home: locateHome(home),
    resourcesDir,
    startProcess: forkEngine(engineEntry),
    shell: 'browser',
    shellReason: null,
    version: '0',
    allowed: [],
    chooseFile: null,
    enableInMenu: null,
  });
  const window = studio.connect({ send: () => undefined });
  const { id, settings } = await readManifest(parent);
  const asked = { run: id, checkpoint: 2, name: 'Longer', settings: { ...settings, epochs: 5 } };
  const answer = await window.handle('runs.fork', asked);
  expect(answer).toMatchObject({ ok: true });
  while (studio.runningJobs() > 0) await sleep(50);
  const list = await window.handle('runs.list', {});
  expect(list).toMatchObject({
    ok: true,
    result: [
      { name: 'Longer', state: 'finished', epochsDone: 5, parent: { id, step: 20, epoch: 2 } },
      { id, parent: null },
    ],
  });
  const few = { ...asked, settings: { ...settings, epochs: 2 } };
  expect(await window.handle('runs.fork', few)).toMatchObject({ ok: false, problem: { code: 'fork-done' } });
});

it('a fork whose settings do not fit the checkpoint is refused by name, and nothing is left of it', async () => {
  const { home, fork } = await trainedRun();
  const dir = join(home, 'fork');
  for (const [words, reason] of [
    [['--set', 'batchSize=32'], 'Batch (batchSize) cannot change in a fork'],
    [['--set', 'warmupEpochs=3', '--epochs', '6'], 'the filters are binary already'],
    [['--epochs', '4'], 'Set epochs to 5 or more'],
    [['--checkpoint', '9', '--epochs', '12'], 'no checkpoint of epoch 9'],
  ] as const) {
    const refused = await fork(...words, '--out', dir);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain(reason);
    expect(existsSync(dir)).toBe(false);
  }
});
