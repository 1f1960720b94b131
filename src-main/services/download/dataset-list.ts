import { join } from 'node:path';
import { BUNDLED_DATASET, datasetRegistry } from '@shared/datasets/registry';
import { datasetDownloads } from '@shared/datasets/downloads';
import { datasetsHere } from '../dataset-places';
import type { Home } from '../home';
import { downloadBytes } from './fetch-dataset';

/** A known data set and where it is. */
export interface KnownDataset {
  readonly id: string;
  readonly name: string;
  /** Its folder; null for the bundled one and for one that is not on this machine. */
  readonly dir: string | null;
  readonly here: boolean;
  /** To be fetched; null where there is nothing to fetch. */
  readonly bytes: number | null;
  /** The page of its authors. */
  readonly source: string;
  readonly license: string;
}

/** All known data sets, the bundled one first. */
export function listDatasets(home: Pick<Home, 'data'>): KnownDataset[] {
  const here = new Set(datasetsHere(home).map(({ id }) => id));
  return Object.values(datasetRegistry).map(({ id, name, source, license }) => {
    const files = datasetDownloads[id];
    return {
      id,
      name,
      dir: here.has(id) && id !== BUNDLED_DATASET ? join(home.data, id) : null,
      here: here.has(id),
      bytes: files ? downloadBytes(files) : null,
      source,
      license,
    };
  });
}
