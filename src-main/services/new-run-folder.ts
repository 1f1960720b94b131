import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createRunFolder, RUN_VERSION, type Manifest, type RunDefinition } from '../run-folder/manifest';
import type { Home } from './home';
import { registerRun, unregisterRun } from './registered-runs';
import { slug } from '@shared/words/slug';

/** "2026-11-24-0712-mcn-on-mnist-3f9c": sorts by time, says what it is, is unique. */
function runId(name: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 16).replace('T', '-').replace(':', '');
  return `${stamp}-${slug(name, 'run')}-${randomBytes(2).toString('hex')}`;
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

/** What whoever makes a run decides; the rest of its manifest follows. */
export type RunPlan = Pick<Manifest, 'name' | 'projectId' | 'family' | 'dataset' | 'settings' | 'parent'>;

/**
 * Makes the folder of a run under a new id, and registers it in the home when it lies elsewhere.
 * @throws StudioError those of createRunFolder; nothing is left of it then
 */
export async function newRunFolder(
  plan: RunPlan,
  document: RunDefinition['document'],
  network: RunDefinition['network'],
  options: CreateRunOptions,
): Promise<NewRun> {
  const now = new Date();
  const id = runId(plan.name, now);
  const dir = options.out ?? join(options.home.runs, id);
  const manifest = {
    version: RUN_VERSION,
    id,
    createdAt: now.toISOString(),
    ...plan,
    versions: { ...options.versions },
  } as const;
  const remove = await createRunFolder(dir, { manifest, document, network });
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
