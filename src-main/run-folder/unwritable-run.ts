import { StudioError } from '@shared/problem';
import { readCheckpointIndex } from './checkpoint-index';

/**
 * Why a run ended, with the way back when it was its folder that could not be written (a full disk, say): then the run stops, since what it
 * did could not be proven, and its last checkpoint is whole. Any other error is given back as it is.
 * @throws StudioError checkpoint-index-damaged
 */
export async function withWayBack(dir: string, error: unknown): Promise<unknown> {
  if (!(error instanceof StudioError)) return error;
  const { problem } = error;
  if (!problem.code.startsWith('file-') || problem.path?.startsWith(dir) !== true) return error;
  const { last } = await readCheckpointIndex(dir);
  const from = last ? `it goes on from the checkpoint of step ${last.step}` : 'it begins anew';
  const fix = `${problem.fix ?? ''} Then resume the run: ${from}.`.trim();
  return new StudioError({ ...problem, fix }, { cause: error });
}
