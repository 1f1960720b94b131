import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { chain } from '@shared/graph/chain';
import type { Problem } from '@shared/problem';
import { projectText } from '@shared/project/read-project';
import { trainingFields } from '@shared/training/settings';
import { locateHome } from '@main/services/home';
import { parseCommand } from '@main/shell/cli/command';
import { trainCommand } from '@main/shell/cli/train-command';
import { resourcesDir, smallSet, temporaryFolder } from '../../engine/data/idx-fixture';
import { smallFolder } from '../../engine/data/images/image-fixture';
import type { BadCase } from './bad-data/bad-case';
import { cifarCases, cifarSets, packedCifar } from './bad-data/cifar-cases';
import { idxCases, idxDemand } from './bad-data/idx-cases';
import { imageCases, imageDemand } from './bad-data/image-cases';
import { svhnCases, svhnDemand, svhnFiles } from './bad-data/svhn-cases';
import { trainHere } from './engine-here';

type Trained = Pick<BadCase, 'files' | 'place' | 'demand' | 'settings'>;

/** The smallest network for a demand. */
function project({ demand, settings }: Trained, dataset: string): string {
  const { height, width, color, classes } = demand;
  const document = chain([
    ['input', 'input', 'Input', { height, width, color }],
    ['gap', 'globalavgpool', 'Global pool'],
    ['fc', 'dense', 'Dense', { units: classes }],
    ['output', 'output', 'Output'],
  ]);
  const training = { ...defaultsOf(trainingFields), epochs: 1, batchSize: 64, ...settings };
  const family = 'wrn' as const;
  return projectText({ version: 1, id: 'bad', name: 'Bad', document, family, dataset, training });
}

/** Runs the command `train` on data in a folder of its own. */
async function train(given: Trained) {
  const folder = await temporaryFolder();
  const data = join(folder, 'data');
  for (const [name, bytes] of Object.entries(given.files)) {
    const path = join(data, name);
    await mkdir(bytes === null ? path : dirname(path), { recursive: true });
    if (bytes !== null) await writeFile(path, bytes);
  }
  const place = join(data, given.place ?? '');
  const file = join(folder, 'bad.mcnproj');
  await writeFile(file, project(given, place));
  const home = locateHome(join(folder, 'home'));
  const out = join(folder, 'run');
  const printed: string[] = [];
  const said: string[] = [];
  const code = await trainCommand.run(
    parseCommand(trainCommand, ['--project', file, '--out', out, '--device', 'cpu-wasm', '--json']),
    {
      home,
      resourcesDir,
      rendererDir: folder,
      startProcess: trainHere,
      version: 'test',
      print: (line) => printed.push(line),
      say: (line) => said.push(line),
    },
  );
  const events = printed.map((line) => JSON.parse(line) as { type: string; problem?: Problem });
  return { code, events, said, out, home, data };
}

const sound: [string, Trained][] = [
  ['IDX files', { files: smallSet(), demand: idxDemand }],
  ['SVHN', { files: svhnFiles(false), demand: svhnDemand }],
  ['SVHN compressed', { files: svhnFiles(true), demand: svhnDemand }],
  ['images', { files: await smallFolder(), demand: imageDemand }],
  ...Object.entries(cifarSets).flatMap(([name, { files, demand }]): [string, Trained][] => [
    [name, { files, demand }],
    [`${name} archive`, { files: packedCifar(files, true), place: 'cifar.tar.gz', demand }],
  ]),
];

it.each(sound)('trains on sound data: %s', async (_, given) => {
  const { code, events, out } = await train(given);
  expect(events.find(({ type }) => type === 'failed')).toBeUndefined();
  expect(code).toBe(0);
  expect(existsSync(out)).toBe(true);
});

const bad = [...idxCases(), ...cifarCases(), ...svhnCases(), ...(await imageCases())];

it.each(bad.map((one) => [one.name, one] as const))('refuses before the first step: %s', async (_, given) => {
  const { code, events, said, out, home, data } = await train(given);
  expect(code).toBe(1);
  const problem = events.find(({ type }) => type === 'failed')!.problem!;
  for (const words of given.says) expect(problem.message).toContain(words);
  if (problem.path !== undefined) {
    expect(problem.path).toContain(data);
    expect(problem.message).toContain(problem.path);
  }
  expect(problem.fix).toMatch(/^[A-Z].+\.$/);
  expect(said.join('\n')).toContain(problem.message);
  expect(events.map(({ type }) => type)).not.toContain('plan');
  expect(events.map(({ type }) => type)).not.toContain('steps');
  expect(existsSync(out)).toBe(false);
  expect(existsSync(home.runs) ? readdirSync(home.runs) : []).toEqual([]);
});
