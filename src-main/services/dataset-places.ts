import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BUNDLED_DATASET, datasetRegistry, namedDataset } from '@shared/datasets/registry';
import type { Home } from './home';
import { registeredDatasets, type RegisteredDataset } from './registered-datasets';

type DataHome = Pick<Home, 'data' | 'datasets'>;

/** A data set that can be opened here. */
export type DatasetHere = Omit<RegisteredDataset, 'kind'> & { kind: RegisteredDataset['kind'] | 'bundled' };

/** The folder of a known set in the home; undefined when it is not there. */
function folderOf(home: DataHome, id: string): string | undefined {
  const dir = join(home.data, id);
  return existsSync(dir) ? dir : undefined;
}

/**
 * What the engine is to open for a data set that a person named: the bundled set by its name, another known set as its
 * folder in the home, anything else that exists by its full path, since a run may go on from another place, and last a set
 * that was trained on before, by the name that `data list` shows. What does not exist stays as it is; the engine says what is
 * wrong with it.
 */
export async function datasetPlace(home: DataHome, dataset: string): Promise<string> {
  if (dataset === BUNDLED_DATASET) return dataset;
  if (namedDataset(dataset)) return folderOf(home, dataset) ?? dataset;
  if (existsSync(dataset)) return resolve(dataset);
  return (await registeredDatasets(home)).find(({ name }) => name === dataset)?.place ?? dataset;
}

/** The known sets that are on this machine, and those that were trained on; whether their files are sound is seen when they are opened. */
export async function datasetsHere(home: DataHome): Promise<DatasetHere[]> {
  const known = Object.values(datasetRegistry).flatMap((description): DatasetHere[] => {
    const { id } = description;
    if (id === BUNDLED_DATASET) return [{ name: id, kind: 'bundled', place: '', description }];
    const place = folderOf(home, id);
    return place === undefined ? [] : [{ name: id, kind: 'files', place, description }];
  });
  return [...known, ...(await registeredDatasets(home))];
}
