import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSummary } from '@shared/contract/run-summary';
import type { RunHistory } from '@shared/training/run-history';
import { StudioError } from '@shared/problem';
import { readManifest, type Manifest } from '../run-folder/manifest';
import { readHistory } from '../run-folder/read-history';
import type { Home } from './home';
import { registeredRuns } from './registered-runs';
import { errorCode } from '../files/error-code';

/** The line about a run, from what it was made of and what happened. */
export function summarize(dir: string, manifest: Manifest, history: RunHistory): RunSummary {
  const { id, name, createdAt, family, dataset, settings, parent } = manifest;
  return {
    id,
    name,
    dir,
    createdAt,
    family,
    dataset,
    state: history.state,
    epochs: settings.epochs,
    epochsDone: history.epochs.at(-1)?.epoch ?? 0,
    step: history.step,
    totalSteps: history.plan?.totalSteps ?? null,
    testAccuracy: history.epochs.at(-1)?.testAccuracy ?? null,
    hasCheckpoint: history.checkpoints.length > 0,
    parent,
  };
}

async function folders(home: Home): Promise<string[]> {
  const names = await readdir(home.runs).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return [...new Set([...names.map((name) => join(home.runs, name)), ...(await registeredRuns(home))])];
}

/** null for a folder that cannot be read: one bad run must not hide the others. */
async function summaryOf(dir: string): Promise<RunSummary | null> {
  try {
    return summarize(dir, await readManifest(dir), await readHistory(dir, false));
  } catch (error) {
    if (error instanceof StudioError || errorCode(error) !== undefined) return null;
    throw error;
  }
}

/** All readable runs, the newest first; folders that are no run (deleted, half copied) are left out. */
export async function listRuns(home: Home): Promise<RunSummary[]> {
  const found = await Promise.all((await folders(home)).map(summaryOf));
  const runs = found.filter((summary) => summary !== null);
  return runs.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
