import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { METRIC_COLUMNS } from '@shared/training/metrics';
import { errorCode } from '@main/files/error-code';
import { readCheckpoint } from '@main/run-folder/checkpoint-file';
import { checkpointFile } from '@main/run-folder/checkpoint-index';
import { readHistory } from '@main/run-folder/read-history';
import { runPaths } from '@main/run-folder/run-paths';
import { mcn, startMcn, workFolder } from './mcn';
import { smallProject } from './small-project';

/** Length of what stands before the rows of metrics.bin. */
const METRICS_HEADER = 120;

const SETTINGS = {
  epochs: 3,
  limitTrain: 1600,
  limitTest: 100,
  batchSize: 64,
  checkpointSeconds: 1,
  seed: 11,
};
const STEPS = 3 * Math.ceil(1600 / 64);

/** Process that holds the lock of a run; undefined when there is none, as for a moment while it is taken over. */
function trainer(dir: string): number | undefined {
  try {
    return (JSON.parse(readFileSync(runPaths(dir).lock, 'utf8')) as { pid: number }).pid;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Bytes of a run's metrics that hold `steps` steps. */
function metricsBytes(steps: number): number {
  return METRICS_HEADER + steps * METRIC_COLUMNS.length * 8;
}

/**
 * Kills the engine process of a run without warning as soon as its metrics hold `steps` steps.
 * @param before the process killed last time, whose lock may still lie there
 */
async function killAt(dir: string, steps: number, before: number | undefined): Promise<number> {
  const { metrics } = runPaths(dir);
  let pid: number | undefined;
  const deadline = performance.now() + 60_000;
  for (;;) {
    await sleep(5);
    if (performance.now() > deadline) throw new Error(`The run did not reach step ${steps} in a minute`);
    const now = trainer(dir);
    if (pid !== undefined && now !== pid) throw new Error(`The run ended before step ${steps}`);
    if (now !== before) pid = now;
    if (pid === undefined || !existsSync(metrics) || statSync(metrics).size < metricsBytes(steps)) continue;
    process.kill(pid, 'SIGKILL');
    return pid;
  }
}

/** Everything of the last checkpoint that must not depend on how often a run was interrupted; times are left out. */
async function outcome(dir: string) {
  const { weights, optimizer, centers, step, epoch, bestAccuracy, lastAccuracy } = await readCheckpoint(
    await checkpointFile(dir, 'last'),
  );
  const { epochs, metrics, centers: fitted } = await readHistory(dir, true);
  return {
    weights,
    optimizer,
    centers,
    step,
    correct: epoch.correct,
    bestAccuracy,
    lastAccuracy,
    losses: Array.from(metrics.column('loss')),
    epochs: epochs.map(({ epoch: number, trainLoss, testAccuracy }) => ({ number, trainLoss, testAccuracy })),
    fitted,
  };
}

it('a run that is killed again and again ends bit for bit like one that is not', async () => {
  const home = workFolder();
  const project = smallProject(home, SETTINGS);
  const straight = join(home, 'straight');
  const undisturbed = await mcn(home, 'train', '--project', project, '--out', straight, '--json');
  expect(undisturbed.code, undisturbed.stderr).toBe(0);

  const broken = join(home, 'broken');
  let killed: number | undefined;
  for (const steps of [9, 30, 55]) {
    const words =
      killed === undefined ? ['train', '--project', project, '--out', broken] : ['resume', broken];
    const { finished } = startMcn(home, words);
    killed = await killAt(broken, steps, killed);
    const { code, stderr } = await finished;
    expect(code).toBe(1);
    expect(stderr).toContain('ended unexpectedly (SIGKILL)');
    expect(stderr).toContain('resume');
    const history = await readHistory(broken, true);
    expect(history.state).toBe('interrupted');
    expect(history.metrics.count).toBeGreaterThanOrEqual(steps);
  }
  const resumed = await mcn(home, 'resume', broken, '--json');
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resumed.lines().at(-1)).toMatchObject({ type: 'finished', epochs: 3 });
  const found = await outcome(broken);
  expect(found.losses).toHaveLength(STEPS);
  expect(found).toEqual(await outcome(straight));
});

it('Ctrl-C stops with a checkpoint, and resume finishes the run', async () => {
  const home = workFolder();
  const project = smallProject(home, { ...SETTINGS, checkpointSeconds: 600 });
  const dir = join(home, 'run');
  const { child, finished } = startMcn(home, ['train', '--project', project, '--out', dir]);
  while (!existsSync(runPaths(dir).metrics) || readFileSync(runPaths(dir).metrics).length < 1000)
    await sleep(20);
  child.kill('SIGINT');
  const stopped = await finished;
  expect(stopped.code, stopped.stderr).toBe(130);
  expect((await readHistory(dir, false)).state).toBe('stopped');
  const resumed = await mcn(home, 'resume', dir, '--json');
  expect(resumed.lines().at(-1)).toMatchObject({ type: 'finished', epochs: 3 });
  expect((await readHistory(dir, true)).metrics.count).toBe(STEPS);
});

it('a folder that is being trained is not trained twice', async () => {
  const home = workFolder();
  const project = smallProject(home, SETTINGS);
  const dir = join(home, 'run');
  const { child, finished } = startMcn(home, ['train', '--project', project, '--out', dir]);
  while (!existsSync(runPaths(dir).lock)) await sleep(20);
  const second = await mcn(home, 'resume', dir);
  expect(second.code).toBe(1);
  expect(second.stderr).toContain('is being trained by process');
  child.kill('SIGINT');
  await finished;
});

it('a run whose newest checkpoint is damaged goes on from the one before, and says so', async () => {
  const home = workFolder();
  const project = smallProject(home, { ...SETTINGS, checkpointSeconds: 600 });
  const dir = join(home, 'run');
  await mcn(home, 'train', '--project', project, '--set', 'epochs=2', '--out', dir);
  const last = await checkpointFile(dir, 'last');
  writeFileSync(last, readFileSync(last).subarray(0, 100));
  const resumed = await mcn(home, 'resume', dir);
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resumed.stderr).toContain('goes on from the checkpoint before it');
  expect((await readHistory(dir, false)).epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
});
