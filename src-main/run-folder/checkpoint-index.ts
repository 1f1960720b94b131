import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CheckpointChoice } from '@shared/contract/engine-job';
import { StudioError } from '@shared/problem';
import type { TrainingSettings } from '@shared/training/settings';
import { atomicWrite } from '../files/atomic-write';
import { readJson } from '../files/read-json';
import { runPaths } from './run-paths';

const entrySchema = z.object({
  file: z.string().regex(/^step-\d+(-epoch)?\.safetensors$/),
  step: z.int().nonnegative(),
});
const epochEntrySchema = entrySchema.extend({ epoch: z.int().positive(), testAccuracy: z.number() });

/** Which file is what. A checkpoint is written once, under the name of its step; this list is replaced after it. */
export const checkpointIndexSchema = z.object({
  version: z.literal(1),
  last: entrySchema.nullable(),
  /** The best binarized epoch (the best epoch where no layer is binary). */
  best: epochEntrySchema.nullable(),
  epochs: z.array(epochEntrySchema),
});
export type CheckpointIndex = z.infer<typeof checkpointIndexSchema>;
export type CheckpointEntry = z.infer<typeof entrySchema>;

const NOTHING: CheckpointIndex = { version: 1, last: null, best: null, epochs: [] };

/** The checkpoints of a run; none when there is no list. @throws StudioError checkpoint-index-damaged */
export async function readCheckpointIndex(dir: string): Promise<CheckpointIndex> {
  const path = runPaths(dir).checkpointIndex;
  const json = await readJson(path);
  if (json === undefined) return NOTHING;
  const parsed = checkpointIndexSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new StudioError({
    code: 'checkpoint-index-damaged',
    message: `${path} is damaged: ${parsed.error.issues[0]!.message}.`,
    fix: 'The checkpoints beside it are whole; take a copy of this list from before the damage.',
    path,
  });
}

/** Replaces the list and deletes checkpoint files that it does not name any more. */
export async function writeCheckpointIndex(dir: string, index: CheckpointIndex): Promise<void> {
  const paths = runPaths(dir);
  await atomicWrite(paths.checkpointIndex, `${JSON.stringify(index, null, 2)}\n`);
  const named = new Set([index.last, index.best, ...index.epochs].map((entry) => entry?.file));
  for (const file of await readdir(paths.checkpoints)) {
    if (file.endsWith('.safetensors') && !named.has(file)) await rm(join(paths.checkpoints, file));
  }
}

/** Which checkpoints of past epochs stay, besides last and best. */
export type KeepPolicy = Pick<TrainingSettings, 'keepEpochs' | 'keepEvery'>;

/** Those that stay of epochs in ascending order: the newest `keepEpochs` (0: all), and every multiple of `keepEvery` (0: none). */
function kept<T extends { epoch: number }>(epochs: readonly T[], { keepEpochs, keepEvery }: KeepPolicy): T[] {
  const firstNew = keepEpochs === 0 ? 0 : epochs.length - keepEpochs;
  return epochs.filter(({ epoch }, index) => index >= firstNew || (keepEvery > 0 && epoch % keepEvery === 0));
}

/** The list after one more checkpoint, which is the last, and the end of an epoch unless `epoch` is null. */
export function withCheckpoint(
  index: CheckpointIndex,
  entry: CheckpointEntry,
  epoch: { number: number; testAccuracy: number; best: boolean } | null,
  keep: KeepPolicy,
): CheckpointIndex {
  if (!epoch) return { ...index, last: entry };
  const done = { ...entry, epoch: epoch.number, testAccuracy: epoch.testAccuracy };
  const earlier = index.epochs.filter((other) => other.epoch < epoch.number);
  return {
    version: 1,
    last: entry,
    best: epoch.best ? done : index.best,
    epochs: kept([...earlier, done], keep),
  };
}

/** Every checkpoint once, the newest first. */
export function checkpointsNewestFirst({ last, best, epochs }: CheckpointIndex): CheckpointEntry[] {
  const all = [last, best, ...epochs].filter((entry) => entry !== null);
  const byFile = new Map(all.map((entry) => [entry.file, entry]));
  return [...byFile.values()].sort((a, b) => b.step - a.step);
}

/** The list without what lies past a step: a run that goes on from there redoes it. */
export function rewoundTo(index: CheckpointIndex, step: number): CheckpointIndex {
  const epochs = index.epochs.filter((entry) => entry.step <= step);
  return { ...index, best: index.best && index.best.step <= step ? index.best : null, epochs };
}

/**
 * File of the checkpoint of a step.
 * @throws StudioError checkpoint-missing when it was replaced by later ones
 */
export async function checkpointOfStep(dir: string, step: number): Promise<string> {
  const { last, best, epochs } = await readCheckpointIndex(dir);
  const entry = [last, best, ...epochs].find((candidate) => candidate?.step === step);
  if (entry) return join(runPaths(dir).checkpoints, entry.file);
  throw new StudioError({
    code: 'checkpoint-missing',
    message: `The checkpoint of step ${step} is gone: training went on and replaced it.`,
    fix: 'Export again, best when the run is over.',
    path: dir,
  });
}

/**
 * File of a chosen checkpoint.
 * @throws StudioError checkpoint-missing, naming those that are there
 */
export async function checkpointFile(dir: string, choice: CheckpointChoice): Promise<string> {
  const index = await readCheckpointIndex(dir);
  const entry =
    choice === 'last'
      ? index.last
      : choice === 'best'
        ? index.best
        : index.epochs.find((candidate) => candidate.epoch === choice);
  if (entry) return join(runPaths(dir).checkpoints, entry.file);
  const there = [
    ...(index.last ? ['last'] : []),
    ...(index.best ? ['best'] : []),
    ...index.epochs.map(({ epoch }) => String(epoch)),
  ];
  throw new StudioError({
    code: 'checkpoint-missing',
    message:
      typeof choice === 'number'
        ? `The run in ${dir} has no checkpoint of epoch ${choice}.`
        : `The run in ${dir} has no ${choice} checkpoint${choice === 'best' ? ': no epoch with binary filters is done' : ' yet'}.`,
    fix: there.length > 0 ? `There are: ${there.join(', ')}.` : 'Train it until its first checkpoint.',
    path: dir,
  });
}
