import { expect, it } from 'vitest';
import { killMoments, trainKilled, trainUndisturbed } from './killed-run';
import { repeatableRuns } from './repeatable-runs';
import { runOutcome } from './run-outcome';

const SEED = 20;
const SHAPE = { preset: null, epochs: 4, train: 640, settings: { device: 'cpu' } } as const;
/** Twenty processes one after the other: seconds on an idle machine, minutes on a busy one. */
const TIMEOUT = 600_000;

it(
  'a process that is killed at 20 random moments trains to the same bits as one that is not',
  { timeout: TIMEOUT },
  async () => {
    const { newRun, steps } = repeatableRuns(SHAPE);
    const straight = await newRun({});
    const pace = await trainUndisturbed(straight);
    const wanted = await runOutcome(straight);
    expect(wanted.state).toBe('finished');
    expect(wanted.metrics.loss).toHaveLength(steps);
    const { dirs, counts } = await trainKilled(() => newRun({}), killMoments(SEED, 20, steps), pace);
    process.stdout.write(`kill seed ${SEED}: ${JSON.stringify(counts)}\n`);
    for (const dir of dirs) expect(await runOutcome(dir)).toEqual(wanted);
    expect(counts.kills).toBe(20);
    expect(counts.whileWriting).toBeGreaterThan(0);
  },
);

it('one thread and two train to the same bits', async () => {
  const { newRun } = repeatableRuns(SHAPE);
  const [one, two] = [await newRun({ threads: 1 }), await newRun({ threads: 2 })];
  await trainUndisturbed(one);
  await trainUndisturbed(two);
  expect(await runOutcome(two)).toEqual(await runOutcome(one));
});
