import { classCount } from '@shared/network/network';
import { activateDevice } from '../../backends/devices';
import { writeNpy } from '../../exporters/npy';
import type { Job } from '../job-context';
import { openTestData, readModel } from './load-model';
import { runEvaluation } from './run-evaluation';

/** Tests a run or a packed file; writes the logits when that was asked for. */
export const evaluateJob: Job<'evaluate'> = async (job, { port }) => {
  const stored = await readModel(job.source);
  const data = job.data ?? stored.dataset;
  const dataset = await openTestData(stored, data, job.limitTest ?? stored.limitTest, job.resourcesDir);
  try {
    const device = await activateDevice(job.device, job.threads);
    const total = dataset.test.count;
    const { evaluation, logits } = await runEvaluation(stored, dataset, device, (done) => {
      port.send({ type: 'progress', done, total });
    });
    if (job.logits) await writeNpy(job.logits, logits, [total, classCount(stored.network)]);
    port.send(evaluation);
  } finally {
    await dataset.close();
  }
};
