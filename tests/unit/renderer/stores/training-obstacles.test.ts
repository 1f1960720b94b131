import { expect, it } from 'vitest';
import { obstaclesToTraining } from '@renderer/stores/training-obstacles';
import { datasetRegistry } from '@shared/datasets/registry';
import { applyEdit } from '@shared/graph/edit';
import { lower } from '@shared/network/lower';
import { findPreset } from '@shared/network/presets';
import { PROJECT_VERSION, type Project } from '@shared/project/project';

const datasets = [datasetRegistry.mnist!];

function projectOf(id: string): Project {
  const { name, document, dataset, settings } = findPreset(id)!;
  return { version: PROJECT_VERSION, id: 'p', name, document, family: 'mcn', dataset, training: settings };
}

function obstacles(project: Project): string[] {
  const { network, problems } = lower(project.document, project.family);
  return obstaclesToTraining(project, network, problems, datasets).map((problem) => problem.code);
}

it('lets the MNIST templates be trained on the bundled data', () => {
  for (const id of ['mcn-mnist-tiny', 'mcn-mnist-small', 'mcn-mnist'])
    expect(obstacles(projectOf(id))).toEqual([]);
});

it('says that a data set is missing, and what does not fit one that is there', () => {
  expect(obstacles(projectOf('mcn-20'))).toEqual(['dataset-missing']);
  expect(obstacles({ ...projectOf('mcn-20'), dataset: 'mnist' })).toEqual(['dataset-color']);
});

it('puts errors of the design first', () => {
  const project = projectOf('mcn-mnist-tiny');
  const edge = project.document.edges[0]!.id;
  const { document } = applyEdit(project.document, { kind: 'disconnect', edge });
  const found = obstacles({ ...project, document, dataset: 'cifar10' });
  expect(found.length).toBeGreaterThan(1);
  expect(found.at(-1)).toBe('dataset-missing');
});
