import type { StartRun } from '@shared/contract/studio-api';
import { findPreset } from '@shared/network/presets';
import type { TrainingSettings } from '@shared/training/settings';
import { createRun } from '@main/services/create-run';
import { locateHome } from '@main/services/home';
import { readProjectFile } from '@main/services/project-file';
import { workFolder } from './mcn';
import { smallMnist } from './small-mnist';
import { smallProject } from './small-project';

const BATCH = 64;

/** What the runs of a test have in common. */
export interface RepeatableRuns {
  /** A preset; null: the small network of smallProject. */
  preset: string | null;
  epochs: number;
  /** Training images, of the real MNIST. */
  train: number;
  settings: Partial<TrainingSettings>;
}

/** The design of a preset, or the small one. */
async function design(
  folder: string,
  preset: string | null,
): Promise<Pick<StartRun, 'document' | 'settings'>> {
  if (preset !== null) return findPreset(preset)!;
  const { project } = await readProjectFile(smallProject(folder, {}));
  const { document, training } = project;
  return { document, settings: training };
}

/** Makes run folders that differ in nothing but `changes`: a checkpoint after each step, so that kills fall into the writing of them. */
export function repeatableRuns({ preset, epochs, train, settings }: RepeatableRuns) {
  const folder = workFolder();
  const home = locateHome(folder);
  const dataset = smallMnist(folder, train, 100);
  const common = { epochs, batchSize: BATCH, checkpointSeconds: 0, keepEpochs: 2, seed: 11, ...settings };
  return {
    steps: epochs * Math.ceil(train / BATCH),
    newRun: async (changes: Partial<TrainingSettings>): Promise<string> => {
      const { document, settings: base } = await design(folder, preset);
      const request = {
        name: 'Repeatable',
        projectId: null,
        document,
        family: 'mcn',
        dataset,
        settings: { ...base, ...common, ...changes },
      } as const;
      return (await createRun(request, { home, out: null, versions: {} })).dir;
    },
  };
}
