import { packedData } from '@shared/packed/packed-model';
import { STUDIO_VERSION } from '@shared/version';
import { writePackedFile } from '../../exporters/packed/write-packed-file';
import type { Job } from '../job-context';
import { readRunModel } from './load-model';

/** Writes the packed model of a checkpoint. */
export const exportJob: Job<'export'> = async (job, { port }) => {
  const { runDir, checkpoint, out } = job;
  const { network, weights, centers, statistics, state } = await readRunModel({
    kind: 'run',
    runDir,
    checkpoint,
  });
  const model = {
    network,
    weights,
    centers,
    data: packedData(statistics),
    testAccuracy: testedAt(state),
    creator: `MCN Studio ${STUDIO_VERSION}`,
  };
  const { ledger, notices } = await writePackedFile(out, model);
  port.send({ type: 'exported', path: out, step: state.step, ledger, notices });
};

/** Test accuracy of exactly these weights: a checkpoint in the middle of an epoch has none. */
function testedAt({
  epoch,
  lastAccuracy,
}: {
  epoch: { count: number };
  lastAccuracy: number | null;
}): number | null {
  return epoch.count === 0 ? lastAccuracy : null;
}
