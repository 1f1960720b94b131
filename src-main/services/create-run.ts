import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { StartRun } from '@shared/contract/studio-api';
import { checkFits } from '@shared/datasets/check-fits';
import { namedDataset } from '@shared/datasets/registry';
import { isError, lower } from '@shared/network/lower';
import { classCount, inputNode, type Network } from '@shared/network/network';
import { StudioError } from '@shared/problem';
import { checkNetworkLosses } from '@shared/network/check-network-losses';
import { createRunFolder, RUN_VERSION } from '../run-folder/manifest';
import { datasetPlace } from './dataset-places';
import { registerRun, unregisterRun } from './registered-runs';
import type { Home } from './home';
import { slug } from './slug';

/** "2026-11-24-0712-mcn-on-mnist-3f9c": sorts by time, says what it is, is unique. */
function runId(name: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 16).replace('T', '-').replace(':', '');
  return `${stamp}-${slug(name, 'run')}-${randomBytes(2).toString('hex')}`;
}

/** Lowers the design anew, and sees that the losses fit it; what a window says about it is not trusted. */
function lowered(request: StartRun): Network {
  const { network, problems } = lower(request.document, request.family);
  const error = problems.find(isError);
  if (error) throw new StudioError(error);
  if (!network)
    throw new StudioError({ code: 'design-empty', message: 'The design is empty.', fix: 'Open a template.' });
  const [unfit] = checkNetworkLosses(request.settings, network);
  if (unfit) throw new StudioError(unfit);
  return network;
}

/** What can be said before the data is read: folders are looked at by the engine. */
function checkDataset(request: StartRun, network: Network): void {
  const description = namedDataset(request.dataset);
  if (!description) return;
  const { height, width, color } = inputNode(network).values;
  const [problem] = checkFits(description, { height, width, color, classes: classCount(network) });
  if (problem) throw new StudioError(problem);
}

/** A run that nobody trained yet. */
export interface NewRun {
  id: string;
  dir: string;
  /** Takes it away again, so that nothing half-made stays behind. */
  discard(): Promise<void>;
}

/** Where and with which versions a run is made. */
export interface CreateRunOptions {
  home: Home;
  /** Folder of the run; null: a new one among the home's runs. */
  out: string | null;
  versions: Readonly<Record<string, string>>;
}

/**
 * Makes the folder of a new run; nothing is trained yet. A folder outside the home is registered there.
 * @throws StudioError the first problem of the design or of its data, and those of createRunFolder
 */
export async function createRun(request: StartRun, options: CreateRunOptions): Promise<NewRun> {
  const network = lowered(request);
  checkDataset(request, network);
  const now = new Date();
  const id = runId(request.name, now);
  const dir = options.out ?? join(options.home.runs, id);
  const manifest = {
    version: RUN_VERSION,
    id,
    name: request.name,
    createdAt: now.toISOString(),
    projectId: request.projectId,
    family: request.family,
    dataset: await datasetPlace(options.home, request.dataset),
    settings: request.settings,
    versions: { ...options.versions },
  } as const;
  const remove = await createRunFolder(dir, { manifest, document: request.document, network });
  const discard = async (): Promise<void> => {
    await unregisterRun(options.home, dir);
    await remove();
  };
  try {
    if (options.out) await registerRun(options.home, dir);
  } catch (error) {
    await remove();
    throw error;
  }
  return { id, dir, discard };
}
