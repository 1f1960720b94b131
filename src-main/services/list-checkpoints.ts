import type { CheckpointEntry } from '@shared/contract/studio-api';
import { readCheckpointIndex } from '../run-folder/checkpoint-index';

/**
 * The checkpoints of a run folder that can be chosen, each file once under its best name: the last, the best, then epochs, the newest first.
 * @throws StudioError checkpoint-index-damaged
 */
export async function listCheckpoints(dir: string): Promise<CheckpointEntry[]> {
  const { last, best, epochs } = await readCheckpointIndex(dir);
  const ended = (step: number) => epochs.find((epoch) => epoch.step === step);
  const entries: CheckpointEntry[] = [];
  if (last) {
    const { epoch = null, testAccuracy = null } = ended(last.step) ?? {};
    entries.push({ choice: 'last', step: last.step, epoch, testAccuracy });
  }
  if (best && best.step !== last?.step) {
    entries.push({ choice: 'best', step: best.step, epoch: best.epoch, testAccuracy: best.testAccuracy });
  }
  for (const { step, epoch, testAccuracy } of epochs.toReversed()) {
    if (!entries.some((entry) => entry.step === step))
      entries.push({ choice: epoch, step, epoch, testAccuracy });
  }
  return entries;
}
