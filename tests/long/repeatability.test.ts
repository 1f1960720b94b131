import { describe, expect, it } from 'vitest';
import { repeatableRuns } from '../e2e/repeatable-runs';
import { killMoments, trainKilled, trainUndisturbed } from '../e2e/killed-run';
import { runOutcome } from '../e2e/run-outcome';

const HOUR = 3_600_000;
const SEED = 100;

describe.each(['cpu-native', 'cpu-wasm'] as const)('a process that is killed 100 times on %s', (device) => {
  it(
    'trains mcn-mnist-tiny with Adam and refitted centers to the same bits as one that is not',
    { timeout: 2 * HOUR },
    async () => {
      const settings = {
        optimizer: 'adam',
        learningRate: 1e-3,
        modulationRate: 1e-4,
        refitEvery: 1,
        device,
      } as const;
      const { newRun, steps } = repeatableRuns({
        preset: 'mcn-mnist-tiny',
        epochs: 12,
        train: 1280,
        settings,
      });
      const straight = await newRun({ threads: 1 });
      const pace = await trainUndisturbed(straight);
      const wanted = await runOutcome(straight);
      expect(wanted.metrics.loss).toHaveLength(steps);
      const { dirs, counts } = await trainKilled(
        () => newRun({ threads: 2 }),
        killMoments(SEED, 100, steps),
        pace,
      );
      process.stdout.write(`kill seed ${SEED} on ${device}: ${JSON.stringify(counts)}\n`);
      for (const dir of dirs) expect(await runOutcome(dir)).toEqual(wanted);
      expect(counts.kills).toBe(100);
      expect(counts.whileWriting).toBeGreaterThan(0);
    },
  );
});
