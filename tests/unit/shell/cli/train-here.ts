import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { defaultsOf } from '@shared/fields/check-value';
import { chain } from '@shared/graph/chain';
import type { Problem } from '@shared/problem';
import { projectText } from '@shared/project/project-text';
import { trainingFields } from '@shared/training/settings';
import { locateHome } from '@main/services/home';
import { parseCommand, type Command } from '@main/shell/cli/command';
import { resumeCommand } from '@main/shell/cli/resume-command';
import { trainCommand } from '@main/shell/cli/train-command';
import { resourcesDir, temporaryFolder } from '../../engine/data/idx-fixture';
import type { BadCase } from './bad-data/bad-case';
import { trainHere } from './engine-here';

/** Data, and what is trained on it. */
export type Trained = Pick<BadCase, 'files' | 'place' | 'demand' | 'settings'>;

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
  return projectText({ version: 1, id: 'small', name: 'Small', document, family, dataset, training });
}

/** Runs a command that trains, with a home in a folder; its engine is this process. */
async function run(command: Command, folder: string, words: readonly string[]) {
  const home = locateHome(join(folder, 'home'));
  const printed: string[] = [];
  const said: string[] = [];
  const code = await command.run(parseCommand(command, [...words, '--json']), {
    home,
    resourcesDir,
    rendererDir: folder,
    startProcess: trainHere,
    version: 'test',
    print: (line) => printed.push(line),
    say: (line) => said.push(line),
  });
  const events = printed.map((line) => JSON.parse(line) as { type: string; problem?: Problem });
  return { code, events, said, home };
}

/** Runs the command `train` on data in a folder of its own. */
export async function train(given: Trained) {
  const folder = await temporaryFolder();
  const data = join(folder, 'data');
  for (const [name, bytes] of Object.entries(given.files)) {
    const path = join(data, name);
    await mkdir(bytes === null ? path : dirname(path), { recursive: true });
    if (bytes !== null) await writeFile(path, bytes);
  }
  const place = join(data, given.place ?? '');
  const file = join(folder, 'small.mcnproj');
  await writeFile(file, project(given, place));
  const out = join(folder, 'run');
  const words = ['--project', file, '--out', out, '--device', 'cpu-wasm'];
  return { ...(await run(trainCommand, folder, words)), out, data, folder };
}

/** Runs the command `resume` on what `train` left. */
export function resume({ folder, out }: { folder: string; out: string }) {
  return run(resumeCommand, folder, [out]);
}
