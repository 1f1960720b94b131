import { existsSync, readdirSync } from 'node:fs';
import { uniform } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import type { Problem } from '@shared/problem';
import { checkpointsNewestFirst, readCheckpointIndex } from '@main/run-folder/checkpoint-index';
import { runPaths } from '@main/run-folder/run-paths';
import { EngineProcess } from '@main/services/engine-process';
import { forkEngine } from '@main/shell/fork-engine';
import { placesBeside } from '@main/shell/places';

const { engineEntry, resourcesDir } = placesBeside(new URL('../../out/main/cli.js', import.meta.url).href);

/** When a training process is killed. */
export interface KillMoment {
  /** As soon as it tells of a checkpoint at this step or a later one; null: while it starts. */
  step: number | null;
  /** How much later, 0 to 1: a share of the time between two checkpoints, or of a whole start; null: at sight of a half-written file. */
  delay: number | null;
}

/** What a run takes on this machine, in milliseconds. */
export interface Pace {
  /** From the start of the process to its first checkpoint. */
  start: number;
  /** From one checkpoint to the next. */
  checkpoint: number;
}

/** What kills interrupted, told from what they left behind. */
export interface KillCounts {
  kills: number;
  /** A file of the checkpoints was being written: it lies there under its temporary name. */
  whileWriting: number;
  /** A checkpoint was whole and not in the list yet, or replaced in the list and not deleted yet. */
  whileListing: number;
}

/**
 * Moments in the order of their steps, spread over a run of `steps` steps. Of ten, two fall into its start instead, and two wait for the
 * writing of a checkpoint.
 */
export function killMoments(seed: number, count: number, steps: number): KillMoment[] {
  const draw = (what: string, index: number): number => uniform(randomKey(seed, 'split', what), index);
  const at = Array.from({ length: count }, (_, index) => 1 + Math.floor(draw('step', index) * (steps - 2)));
  return at
    .sort((a, b) => a - b)
    .map((step, index) => ({
      step: index % 5 === 4 ? null : step,
      delay: index % 5 === 1 ? null : draw('delay', index),
    }));
}

/** Names of the files among the checkpoints of a run; a process that was killed early in a new run has not even made their folder. */
function checkpointFiles(dir: string): string[] {
  const { checkpoints } = runPaths(dir);
  return existsSync(checkpoints) ? readdirSync(checkpoints) : [];
}

function isHalfWritten(file: string): boolean {
  return file.endsWith('.tmp');
}

/** Trains the run of a folder in a process of its own, to its end or until it is killed without warning. */
function train(dir: string, moment: KillMoment | null, pace: Pace) {
  const began = performance.now();
  const checkpoints: number[] = [];
  return new Promise<{ problem: Problem | null; checkpoints: number[] }>((resolve) => {
    let armed = false;
    let ended = false;
    const engine = new EngineProcess(
      forkEngine(engineEntry),
      { type: 'train', runDir: dir, resourcesDir, gpu: null },
      {
        onOutput: (output) => {
          if (output.type !== 'checkpoint') return;
          checkpoints.push(performance.now() - began);
          if (moment?.step != null && output.step >= moment.step) arm(moment.delay, pace.checkpoint);
        },
        onEnd: (problem) => {
          ended = true;
          resolve({ problem, checkpoints });
        },
      },
    );
    function arm(delay: number | null, period: number): void {
      if (armed) return;
      armed = true;
      if (delay === null) killWhileWriting();
      else
        setTimeout(() => {
          engine.kill();
        }, delay * period);
    }
    function killWhileWriting(): void {
      if (ended) return;
      // What the kill before left behind is gone by now: the process clears it before its first checkpoint.
      if (checkpointFiles(dir).some(isHalfWritten)) engine.kill();
      else setImmediate(killWhileWriting);
    }
    if (moment?.step === null) arm(moment.delay, pace.start);
  });
}

/** Trains a run to its end. @throws Error when it fails */
export async function trainUndisturbed(dir: string): Promise<Pace> {
  const { problem, checkpoints } = await train(dir, null, { start: 0, checkpoint: 0 });
  if (problem) throw new Error(problem.message);
  const [first, last] = [checkpoints[0]!, checkpoints.at(-1)!];
  return { start: first, checkpoint: (last - first) / (checkpoints.length - 1) };
}

/** Adds what a kill left behind. */
async function count(dir: string, counts: KillCounts): Promise<void> {
  counts.kills += 1;
  const files = checkpointFiles(dir);
  if (files.some(isHalfWritten)) counts.whileWriting += 1;
  const listed = new Set(checkpointsNewestFirst(await readCheckpointIndex(dir)).map(({ file }) => file));
  if (files.some((file) => file.endsWith('.safetensors') && !listed.has(file))) counts.whileListing += 1;
}

/**
 * Trains runs, kills their process at every moment and starts it again; at last each is trained to its end. A run that outlives its moment
 * (a busy machine may be late with the kill) is done, and the next one goes on with the moments.
 * @param next makes a new run folder
 * @returns the folders
 */
export async function trainKilled(
  next: () => Promise<string>,
  moments: readonly KillMoment[],
  pace: Pace,
): Promise<{ dirs: string[]; counts: KillCounts }> {
  const dirs = [await next()];
  const counts: KillCounts = { kills: 0, whileWriting: 0, whileListing: 0 };
  for (const moment of moments) {
    for (;;) {
      const dir = dirs.at(-1)!;
      const { problem } = await train(dir, moment, pace);
      if (problem?.code === 'engine-died') {
        await count(dir, counts);
        break;
      }
      if (problem) throw new Error(problem.message);
      dirs.push(await next());
    }
  }
  const { problem } = await train(dirs.at(-1)!, null, pace);
  if (problem) throw new Error(problem.message);
  return { dirs, counts };
}
