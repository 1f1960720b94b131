import { datasetRegistry } from '@shared/datasets/registry';
import { datasetDownloads } from '@shared/datasets/downloads';
import { datasetsHere, type DatasetHere } from '../dataset-places';
import type { Home } from '../home';
import { downloadBytes } from './fetch-dataset';

/** A data set that a run can name, and where it is. */
export interface ListedDataset {
  /** What `--data` takes. */
  readonly name: string;
  readonly title: string;
  readonly kind: DatasetHere['kind'];
  /** Its folder or archive; null for the bundled one and for one that is not on this machine. */
  readonly place: string | null;
  readonly here: boolean;
  /** To be fetched; null where there is nothing to fetch. */
  readonly bytes: number | null;
  readonly classes: number;
  readonly trainCount: number;
  readonly testCount: number;
  /** The page of its authors, or where it lies. */
  readonly source: string;
  readonly license: string;
}

function listed(
  name: string,
  description: DatasetHere['description'],
  here: DatasetHere | undefined,
): ListedDataset {
  const files = datasetDownloads[name];
  return {
    name,
    title: description.name,
    kind: here?.kind ?? 'files',
    place: here && here.kind !== 'bundled' ? here.place : null,
    here: here !== undefined,
    bytes: files ? downloadBytes(files) : null,
    classes: description.classes.length,
    trainCount: description.trainCount,
    testCount: description.testCount,
    source: description.source,
    license: description.license,
  };
}

/** All known data sets, the bundled one first, then those that were trained on. */
export async function listDatasets(home: Pick<Home, 'data' | 'datasets'>): Promise<ListedDataset[]> {
  const here = await datasetsHere(home);
  const known = Object.values(datasetRegistry).map((description) =>
    listed(
      description.id,
      description,
      here.find(({ name }) => name === description.id),
    ),
  );
  const remembered = here.filter(({ name }) => !Object.hasOwn(datasetRegistry, name));
  return [...known, ...remembered.map((set) => listed(set.name, set.description, set))];
}
