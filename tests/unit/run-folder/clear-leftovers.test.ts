import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { writeCheckpoint } from '@main/run-folder/checkpoint-file';
import { writeCheckpointIndex } from '@main/run-folder/checkpoint-index';
import { clearLeftovers } from '@main/run-folder/clear-leftovers';
import { createRunFolder } from '@main/run-folder/manifest';
import { runPaths } from '@main/run-folder/run-paths';
import { stateAt, temporaryFolder, tinyRun } from './run-fixture';

it('what a killed process left is cleared; checkpoints of the list, locks of the living and files of other people stay', async () => {
  const dir = join(temporaryFolder(), 'run');
  await createRunFolder(dir, tinyRun());
  const { checkpoints } = runPaths(dir);
  await writeCheckpoint(join(checkpoints, 'step-10.safetensors'), stateAt(10));
  const last = { file: 'step-10.safetensors', step: 10 };
  await writeCheckpointIndex(dir, { version: 1, last, best: null, epochs: [] });
  const kept = [readdirSync(dir).sort(), readdirSync(checkpoints).sort()];
  const own = `lock.json.${process.pid}`;
  writeFileSync(join(dir, own), '');
  writeFileSync(join(dir, 'notes.tmp'), 'mine');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  for (const name of ['.0123456789ab.tmp', `lock.json.${pid}`, `lock.json.${pid}.old`]) {
    writeFileSync(join(dir, name), 'half');
  }
  for (const name of ['.ba9876543210.tmp', 'step-12.safetensors', 'step-9-epoch.safetensors']) {
    writeFileSync(join(checkpoints, name), 'half');
  }
  await clearLeftovers(dir);
  expect(readdirSync(dir).sort()).toEqual([...kept[0]!, own, 'notes.tmp'].sort());
  expect(readdirSync(checkpoints).sort()).toEqual(kept[1]);
});

it('nothing is cleared when the list is damaged', async () => {
  const dir = join(temporaryFolder(), 'run');
  await createRunFolder(dir, tinyRun());
  const { checkpoints, checkpointIndex } = runPaths(dir);
  writeFileSync(checkpointIndex, '{"version":1}');
  writeFileSync(join(checkpoints, 'step-12.safetensors'), 'all that is left');
  await expect(clearLeftovers(dir)).rejects.toMatchObject({ problem: { code: 'checkpoint-index-damaged' } });
  expect(readdirSync(checkpoints)).toContain('step-12.safetensors');
});
