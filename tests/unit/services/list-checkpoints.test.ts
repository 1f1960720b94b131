import { mkdtempSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CheckpointIndex } from '@main/run-folder/checkpoint-index';
import { runPaths } from '@main/run-folder/run-paths';
import { listCheckpoints } from '@main/services/list-checkpoints';

const epoch = (number: number) => ({
  file: `step-${number * 10}-epoch.safetensors`,
  step: number * 10,
  epoch: number,
  testAccuracy: 0.9 + number / 100,
});

async function runWith(index: Omit<CheckpointIndex, 'version'>): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'mcn-list-'));
  const paths = runPaths(dir);
  await mkdir(paths.checkpoints, { recursive: true });
  await writeFile(paths.checkpointIndex, JSON.stringify({ version: 1, ...index }));
  return dir;
}

it('lists every checkpoint once, the last one first, the newest epochs before older ones', async () => {
  const dir = await runWith({
    last: { file: 'step-35.safetensors', step: 35 },
    best: epoch(2),
    epochs: [epoch(1), epoch(2), epoch(3)],
  });
  expect(await listCheckpoints(dir)).toEqual([
    { choice: 'last', step: 35, epoch: null, testAccuracy: null },
    { choice: 'best', step: 20, epoch: 2, testAccuracy: 0.92 },
    { choice: 3, step: 30, epoch: 3, testAccuracy: 0.93 },
    { choice: 1, step: 10, epoch: 1, testAccuracy: 0.91 },
  ]);
});

it('says that the last one ended an epoch, and does not list it again as the best', async () => {
  const { file, step } = epoch(3);
  const dir = await runWith({ last: { file, step }, best: epoch(3), epochs: [epoch(3)] });
  expect(await listCheckpoints(dir)).toEqual([{ choice: 'last', step: 30, epoch: 3, testAccuracy: 0.93 }]);
});

it('lists nothing before the first one', async () => {
  expect(await listCheckpoints(mkdtempSync(join(tmpdir(), 'mcn-list-')))).toEqual([]);
});
