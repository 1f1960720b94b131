import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRun } from '@main/services/create-run';
import { locateHome } from '@main/services/home';
import { readProjectFile } from '@main/services/project-file';
import { trainKilled, trainUndisturbed, type KillMoment } from './killed-run';
import { workFolder } from './mcn';
import { photographs, photographsProject } from './photographs';
import { runOutcome } from './run-outcome';

const EPOCHS = 6;
const STEPS = EPOCHS * 5;

/** In the middle of the first epoch, at the end of one, and while the process decodes for the next step. */
const MOMENTS: readonly KillMoment[] = [
  { step: 3, delay: 0.3 },
  { step: 10, delay: 0 },
  { step: 17, delay: 0.7 },
];

it('training on a folder of images that is killed three times ends with the bits of one that is not', async () => {
  const folder = workFolder();
  const data = join(folder, 'photographs');
  await photographs(data);
  const { project } = await readProjectFile(photographsProject(folder, data));
  const { document, training } = project;
  const settings = {
    ...training,
    epochs: EPOCHS,
    trainCrop: 'random-resized',
    checkpointSeconds: 0,
  } as const;
  const newRun = async (): Promise<string> => {
    const request = {
      name: 'Killed',
      projectId: null,
      document,
      family: 'mcn',
      dataset: data,
      settings,
    } as const;
    return (await createRun(request, { home: locateHome(folder), out: null, versions: {} })).dir;
  };
  const straight = await newRun();
  const pace = await trainUndisturbed(straight);
  const wanted = await runOutcome(straight);
  expect(wanted).toMatchObject({ state: 'finished', step: STEPS });
  const { dirs, counts } = await trainKilled(newRun, MOMENTS, pace);
  expect(counts.kills).toBe(MOMENTS.length);
  for (const dir of dirs) expect(await runOutcome(dir)).toEqual(wanted);
});
