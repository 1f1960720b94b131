import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { TrainingState } from '@main/run-folder/training-state';
import { CHECKPOINT_VERSION, readCheckpoint, writeCheckpoint } from '@main/run-folder/checkpoint-file';
import {
  checkpointFile,
  readCheckpointIndex,
  rewoundTo,
  withCheckpoint,
  writeCheckpointIndex,
} from '@main/run-folder/checkpoint-index';
import { createRunFolder } from '@main/run-folder/manifest';
import { stateAt, temporaryFolder, tinyRun } from './run-fixture';

describe('a checkpoint file', () => {
  it('gives back every bit of the state', async () => {
    const path = join(temporaryFolder(), 'step-7.safetensors');
    await writeCheckpoint(path, stateAt(7));
    expect(await readCheckpoint(path)).toEqual(stateAt(7));
  });

  it('holds every slot of an optimizer and how often it stepped', async () => {
    const path = join(temporaryFolder(), 'step-7.safetensors');
    const slots = ['first moment', 'second moment'].map((slot, index) => {
      return [slot, new Map([['mc1/C', Float32Array.of(index, 1e-30, -2)]])] as const;
    });
    const state: TrainingState = {
      ...stateAt(7),
      optimizer: { method: 'adam', steps: 5, slots: new Map(slots) },
    };
    await writeCheckpoint(path, state);
    expect(await readCheckpoint(path)).toEqual(state);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5)],
    ['empty', () => Buffer.alloc(0)],
    [
      'of another kind',
      (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('mcn-studio', 'xxx-studio'), 'latin1'),
    ],
    [
      'of a later version',
      (bytes: Buffer) =>
        Buffer.from(bytes.toString('latin1').replace('"version":"3"', '"version":"4"'), 'latin1'),
    ],
    [
      'of an optimizer that is not known',
      (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('"sgd', '"xyz'), 'latin1'),
    ],
  ])('that is %s is refused by name', async (_what, damage) => {
    const path = join(temporaryFolder(), 'step-7.safetensors');
    await writeCheckpoint(path, stateAt(7));
    writeFileSync(path, damage(readFileSync(path)));
    await expect(readCheckpoint(path)).rejects.toMatchObject({
      problem: { code: 'checkpoint-damaged', path },
    });
  });
});

/** A run with epochs of ten steps, checkpointed at the end of each. */
async function runWithEpochs(
  accuracies: readonly number[],
  keepEpochs: number,
  keepEvery = 0,
): Promise<string> {
  const dir = join(temporaryFolder(), 'run');
  await createRunFolder(dir, tinyRun());
  let best = 0;
  for (const [index, testAccuracy] of accuracies.entries()) {
    const step = 10 * (index + 1);
    const file = `step-${step}.safetensors`;
    await writeCheckpoint(join(dir, 'checkpoints', file), stateAt(step));
    const epoch = { number: index + 1, testAccuracy, best: testAccuracy > best };
    best = Math.max(best, testAccuracy);
    const list = withCheckpoint(await readCheckpointIndex(dir), { file, step }, epoch, {
      keepEpochs,
      keepEvery,
    });
    await writeCheckpointIndex(dir, list);
  }
  return dir;
}

/** Written by the first studio that wrote the version; never written again: what people keep must stay readable. */
function frozen(version: number): string {
  return fileURLToPath(new URL(`../../fixtures/checkpoint/version-${version}.safetensors`, import.meta.url));
}

describe('what people keep', () => {
  it.each(Array.from({ length: CHECKPOINT_VERSION }, (_, index) => index + 1))(
    'is read: a checkpoint of version %i',
    async (version) => {
      const known = version < 3 ? { classMeans: new Map() } : {};
      expect(await readCheckpoint(frozen(version))).toEqual({ ...stateAt(7), ...known });
    },
  );

  it('is what this studio writes, byte by byte, if of its own version', async () => {
    const path = join(temporaryFolder(), 'step-7.safetensors');
    await writeCheckpoint(path, stateAt(7));
    expect(readFileSync(path).equals(readFileSync(frozen(CHECKPOINT_VERSION)))).toBe(true);
  });
});

describe('the list of checkpoints', () => {
  it('keeps last, best and the newest epochs, and deletes the other files', async () => {
    const dir = await runWithEpochs([0.5, 0.9, 0.7, 0.8], 1);
    const files = readdirSync(join(dir, 'checkpoints')).sort();
    expect(files).toEqual(['index.json', 'step-20.safetensors', 'step-40.safetensors']);
    expect(await checkpointFile(dir, 'best')).toContain('step-20.');
    expect(await checkpointFile(dir, 'last')).toContain('step-40.');
    expect(await checkpointFile(dir, 4)).toContain('step-40.');
  });

  it('keeps every epoch when asked to', async () => {
    const dir = await runWithEpochs([0.5, 0.9, 0.7, 0.8], 0);
    for (const epoch of [1, 2, 3, 4]) expect(await checkpointFile(dir, epoch)).toContain(`step-${epoch}0.`);
  });

  it('keeps every second epoch besides the newest when asked to', async () => {
    const dir = await runWithEpochs([0.5, 0.6, 0.7, 0.9, 0.8, 0.8, 0.8], 1, 2);
    const { epochs, best, last } = await readCheckpointIndex(dir);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([2, 4, 6, 7]);
    expect([best?.epoch, last?.step]).toEqual([4, 70]);
    const files = readdirSync(join(dir, 'checkpoints')).filter((file) => file.endsWith('.safetensors'));
    expect(files).toHaveLength(4);
  });

  it('says which checkpoints there are when one is missing', async () => {
    const dir = await runWithEpochs([0.5, 0.9, 0.7], 2);
    await expect(checkpointFile(dir, 1)).rejects.toThrow(
      `The run in ${dir} has no checkpoint of epoch 1. There are: last, best, 2, 3.`,
    );
  });

  it('forgets what lies past the step that a run goes on from', async () => {
    const dir = await runWithEpochs([0.5, 0.9, 0.7], 0);
    const rewound = rewoundTo(await readCheckpointIndex(dir), 10);
    expect(rewound.epochs.map((entry) => entry.epoch)).toEqual([1]);
    expect(rewound.best).toBeNull();
  });

  it('is refused when damaged, and left as it is', async () => {
    const dir = await runWithEpochs([0.5], 0);
    const path = join(dir, 'checkpoints', 'index.json');
    writeFileSync(path, '{"version":1,"last":{"file":"../../secret","step":1},"best":null,"epochs":[]}');
    await expect(checkpointFile(dir, 'last')).rejects.toMatchObject({
      problem: { code: 'checkpoint-index-damaged' },
    });
    expect(readFileSync(path, 'utf8')).toContain('secret');
  });
});
