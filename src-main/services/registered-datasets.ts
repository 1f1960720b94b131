import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { datasetDescriptionSchema, type DatasetDescription } from '@shared/datasets/dataset-description';
import { namedDataset } from '@shared/datasets/registry';
import { atomicWrite } from '../files/atomic-write';
import { makeFolder } from '../files/make-folder';
import { readJson } from '../files/read-json';
import { readEnvironment } from '../run-folder/environment';
import { readManifest } from '../run-folder/manifest';
import type { Home } from './home';

/** A data set that somebody trained on once, wherever it lies. */
const registeredSchema = z.object({
  /** A name that no other set has: that of its folder or archive, numbered where two are alike. */
  name: z.string().min(1),
  /** A folder of images, or files that are read as a whole. */
  kind: z.enum(['images', 'files']),
  /** Full path. */
  place: z.string().min(1),
  description: datasetDescriptionSchema,
});
export type RegisteredDataset = z.infer<typeof registeredSchema>;

/** The sets that are remembered and still there; an unreadable list counts as none, since the sets themselves are whole. */
export async function registeredDatasets(home: Pick<Home, 'datasets'>): Promise<RegisteredDataset[]> {
  const list = await readJson(home.datasets).catch(() => undefined);
  const parsed = z.array(registeredSchema).safeParse(list);
  return parsed.success ? parsed.data.filter(({ place }) => existsSync(place)) : [];
}

/** "flowers", or "flowers-2" where another set has that name. */
function freeName(place: string, others: readonly RegisteredDataset[]): string {
  const own = basename(place) || place;
  const taken = (name: string): boolean =>
    namedDataset(name) !== undefined || others.some((other) => other.name === name);
  for (let number = 1; ; number++) {
    const name = number === 1 ? own : `${own}-${number}`;
    if (!taken(name)) return name;
  }
}

/** A folder of images has more classes than a run may use: its description here is that of the whole. */
async function whole(place: string, description: DatasetDescription): Promise<DatasetDescription> {
  const entries = await readdir(join(place, 'train'), { withFileTypes: true }).catch(() => []);
  const classes = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return { ...description, classes: classes.length >= 2 ? classes.sort() : description.classes };
}

/**
 * Remembers a data set by its place, under a name that no other has.
 * @throws StudioError those of atomicWrite
 */
export async function rememberDataset(
  home: Pick<Home, 'dir' | 'datasets'>,
  { kind, place, description }: Omit<RegisteredDataset, 'name'>,
): Promise<void> {
  const others = (await registeredDatasets(home)).filter((other) => other.place !== place);
  const name = freeName(place, others);
  const entry: RegisteredDataset = { name, kind, place, description: { ...description, id: place, name } };
  await makeFolder(home.dir);
  await atomicWrite(home.datasets, `${JSON.stringify([...others, entry], null, 2)}\n`);
}

/**
 * Remembers the data set that a run was opened on, when it is none of those that have a name and a place of their own.
 * @throws StudioError those of atomicWrite
 */
export async function registerDataset(home: Home, runDir: string): Promise<void> {
  const { dataset: place } = await readManifest(runDir);
  const environment = await readEnvironment(runDir);
  if (!environment || namedDataset(place) || place.startsWith(join(home.data, '/'))) return;
  const { description } = environment.data;
  const images = description.source === place && existsSync(join(place, 'train'));
  const known = images ? await whole(place, description) : description;
  await rememberDataset(home, { kind: images ? 'images' : 'files', place, description: known });
}
