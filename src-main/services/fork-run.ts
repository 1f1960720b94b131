import type { CheckpointChoice } from '@shared/contract/engine-job';
import { forkPoint } from '@shared/network/fork-point';
import type { Network } from '@shared/network/network';
import { StudioError, type Problem } from '@shared/problem';
import { forkSettings, slotsNotice, type ForkPoint } from '@shared/training/fork-settings';
import type { TrainingSettings } from '@shared/training/settings';
import { readCheckpoint } from '../run-folder/checkpoint-file';
import { checkpointFile } from '../run-folder/checkpoint-index';
import { copyPast } from '../run-folder/copy-past';
import { readRunDefinition } from '../run-folder/manifest';
import { readHistory } from '../run-folder/read-history';
import type { TrainingState } from '../run-folder/training-state';
import { newRunFolder, type CreateRunOptions, type NewRun } from './new-run-folder';

/** What a fork is made of. */
export interface ForkRequest {
  /** Folder of the parent run. */
  runDir: string;
  checkpoint: CheckpointChoice;
  /** Name of the fork; null: that of the parent. */
  name: string | null;
  settings: TrainingSettings;
}

/** A fork that nobody trained yet, and what is worth a word about its settings. */
export interface NewFork extends NewRun {
  warnings: Problem[];
}

async function pointOf(runDir: string, network: Network, state: TrainingState): Promise<ForkPoint> {
  const { plan } = await readHistory(runDir, false);
  if (!plan) {
    throw new StudioError({
      code: 'fork-no-plan',
      message: `${runDir} does not say how many steps make an epoch: its events.jsonl is missing or damaged.`,
      fix: 'Resume the run: it is written again.',
      path: runDir,
    });
  }
  return forkPoint(network, state.step, plan.stepsPerEpoch, state.centers.size > 0);
}

/** What the fork begins with: all of the checkpoint, but for slots that are of another method. */
function firstState(state: TrainingState, { optimizer: method }: TrainingSettings): TrainingState {
  if (state.optimizer.method === method) return state;
  return { ...state, optimizer: { method, steps: 0, slots: new Map() } };
}

/**
 * Makes a new run that goes on from a checkpoint of another one with other settings; nothing is trained yet. It has a past of its own (a
 * copy of the parent's up to there), so that the parent may be moved or deleted.
 * @throws StudioError checkpoint-missing, checkpoint-damaged, the first setting that does not fit the checkpoint, and those of
 * createRunFolder; nothing is left of it then
 */
export async function forkRun(request: ForkRequest, options: CreateRunOptions): Promise<NewFork> {
  const { runDir, checkpoint } = request;
  const { manifest, document, network } = await readRunDefinition(runDir);
  const path = await checkpointFile(runDir, checkpoint);
  const state = await readCheckpoint(path);
  const point = await pointOf(runDir, network, state);
  const { settings, problems } = forkSettings(manifest.settings, request.settings, point);
  const error = problems.find(({ severity }) => (severity ?? 'error') === 'error');
  if (error) throw new StudioError(error);
  const { id, projectId, family, dataset } = manifest;
  const name = request.name ?? manifest.name;
  const epoch = Math.floor(point.step / point.stepsPerEpoch);
  const parent = { id, name: manifest.name, checkpoint, step: point.step, epoch };
  const fork = await newRunFolder(
    { name, projectId, family, dataset, settings, parent },
    document,
    network,
    options,
  );
  const notice = slotsNotice(manifest.settings, settings);
  try {
    const notices = notice ? [{ type: 'notice', step: state.step, problem: notice } as const] : [];
    await copyPast(runDir, fork.dir, path, firstState(state, settings), notices);
    return { ...fork, warnings: [...problems, ...(notice ? [notice] : [])] };
  } catch (failure) {
    await fork.discard();
    throw failure;
  }
}
