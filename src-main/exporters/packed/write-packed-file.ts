import { fitMissingCenters } from '@shared/packed/fit-missing-centers';
import type { Ledger } from '@shared/packed/ledger';
import type { PackedModel } from '@shared/packed/packed-model';
import { writePacked } from '@shared/packed/write-packed';
import { StudioError, type Problem } from '@shared/problem';
import { atomicWrite } from '../../files/atomic-write';

/** What came of an export. */
export interface WrittenPacked {
  ledger: Ledger;
  /** Said when the checkpoint was from the warm-up and centers were fitted for the export. */
  notices: Problem[];
}

/**
 * Writes a model as *.mcn.safetensors, atomically; fits the centers of a checkpoint from the warm-up and says so.
 *
 * @param path as given: a missing suffix is not added
 * @throws StudioError packed-unwritable, and those of atomicWrite; nothing is left behind then
 */
export async function writePackedFile(path: string, model: PackedModel): Promise<WrittenPacked> {
  const complete = fitMissingCenters(model);
  const written = writePacked(complete.model);
  if (!written.ok) throw new StudioError(written.problems[0]!);
  await atomicWrite(path, written.value.bytes);
  return { ledger: written.value.ledger, notices: complete.notices };
}
