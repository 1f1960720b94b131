import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultsOf } from '@shared/fields/check-value';
import { chain } from '@shared/graph/chain';
import { projectText } from '@shared/project/project-text';
import { trainingFields, type TrainingSettings } from '@shared/training/settings';

/** Writes a project that trains in seconds: two MCconv of a few maps, dropout, one dense layer. Returns its path. */
export function smallProject(folder: string, changes: Partial<TrainingSettings>): string {
  const path = join(folder, 'small.mcnproj');
  const document = chain([
    ['input', 'input', 'Input'],
    ['mc1', 'mcconv', 'MCconv 1', { maps: 3, stride: 2 }],
    ['pool1', 'bn-relu-pool', 'BN · ReLU · Pool 1', { size: 4 }],
    ['mc2', 'mcconv', 'MCconv 2', { maps: 4, centers: 3 }],
    ['bn', 'batchnorm', 'BatchNorm'],
    ['relu', 'relu', 'ReLU'],
    ['gap', 'globalavgpool', 'Global pool'],
    ['dropout', 'dropout', 'Dropout', { rate: 0.25 }],
    ['fc', 'dense', 'Dense', { units: 10 }],
    ['output', 'output', 'Output'],
  ]);
  const training = { ...defaultsOf(trainingFields), ...changes };
  const project = {
    version: 1,
    id: 'small',
    name: 'Small',
    document,
    family: 'mcn',
    dataset: 'mnist',
    training,
  } as const;
  writeFileSync(path, projectText(project));
  return path;
}
