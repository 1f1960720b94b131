import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DatasetDescription } from '@shared/datasets/dataset-description';
import { BUNDLED_DATASET, datasetRegistry, namedDataset } from '@shared/datasets/registry';
import type { Home } from './home';

type DataHome = Pick<Home, 'data'>;

/** The folder of a known set in the home; undefined when it is not there. */
function folderOf(home: DataHome, id: string): string | undefined {
  const dir = join(home.data, id);
  return existsSync(dir) ? dir : undefined;
}

/**
 * What the engine is to open for a data set that a person named: the bundled set by its name, another known set as its
 * folder in the home, anything else that exists by its full path, since a run may go on from another place. What does
 * not exist stays as it is; the engine says what is wrong with it.
 */
export function datasetPlace(home: DataHome, dataset: string): string {
  if (dataset === BUNDLED_DATASET) return dataset;
  if (namedDataset(dataset)) return folderOf(home, dataset) ?? dataset;
  return existsSync(dataset) ? resolve(dataset) : dataset;
}

/** The known sets that are on this machine; whether their files are sound is seen when they are opened. */
export function datasetsHere(home: DataHome): DatasetDescription[] {
  return Object.values(datasetRegistry).filter(
    ({ id }) => id === BUNDLED_DATASET || folderOf(home, id) !== undefined,
  );
}
