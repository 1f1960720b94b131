import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { smallSet } from '../../engine/data/idx-fixture';
import { smallFolder } from '../../engine/data/images/image-fixture';
import { cifarCases, cifarSets, packedCifar } from './bad-data/cifar-cases';
import { idxCases, idxDemand } from './bad-data/idx-cases';
import { imageCases, imageDemand } from './bad-data/image-cases';
import { svhnCases, svhnDemand, svhnFiles } from './bad-data/svhn-cases';
import { train, type Trained } from './train-here';

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
