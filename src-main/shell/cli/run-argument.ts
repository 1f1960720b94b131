import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CheckpointChoice, ModelSource } from '@shared/contract/engine-job';
import { StudioError } from '@shared/problem';
import type { Home } from '../../services/home';
import { listRuns } from '../../services/run-summaries';
import { UsageError } from './usage-error';

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

/** The folder of a run that a person named by its path or its id. @throws StudioError run-unknown */
export async function runFolder(argument: string, home: Home): Promise<string> {
  if (await isFolder(resolve(argument))) return resolve(argument);
  const known = (await listRuns(home)).find(({ id }) => id === argument);
  if (known) return known.dir;
  throw new StudioError({
    code: 'run-unknown',
    message: `There is no run "${argument}", neither as a folder nor among the runs in ${home.runs}.`,
    fix: 'Name the folder that train printed.',
  });
}

/** A run or a packed file, told apart by what lies there. @throws StudioError source-unknown */
export async function modelSource(
  argument: string,
  checkpoint: CheckpointChoice,
  home: Home,
): Promise<ModelSource> {
  const path = resolve(argument);
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return { kind: 'packed', file: path };
  const runDir = await runFolder(argument, home).catch(() => null);
  if (runDir) return { kind: 'run', runDir, checkpoint };
  throw new StudioError({
    code: 'source-unknown',
    message: `There is no run and no file "${argument}".`,
    fix: 'Name the folder of a run, or a packed model (*.mcn.safetensors).',
  });
}

/** last, best or the number of an epoch; last when nothing is given. @throws UsageError */
export function checkpointChoice(text: string | undefined, command: string): CheckpointChoice {
  if (text === undefined || text === 'last' || text === 'best') return text ?? 'last';
  const epoch = Number(text);
  if (Number.isSafeInteger(epoch) && epoch >= 1) return epoch;
  throw new UsageError(`--checkpoint takes last, best or the number of an epoch, not "${text}".`, command);
}
