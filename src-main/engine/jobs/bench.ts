import type { EngineCommand } from '@shared/contract/engine-job';
import { activateDevice } from '../../backends/devices';
import type { Job } from '../job-context';
import { benchWorkload } from '../training/bench-workload';
import { profileKernels } from '../training/kernel-profile';

const PROFILED_STEPS = 3;
const KIB = 1024;

/** Steps on noise, one for each command, until it is told to stop: whoever asks can let two programs take turns. */
export const benchJob: Job<'bench'> = async (job, { port, onCommand }) => {
  const device = await activateDevice(job.device, job.threads);
  const { peer, denseMultiplyAdds, repetitions, step } = await benchWorkload(
    job.workload,
    job.family,
    job.batch,
    job.width,
  );

  async function timedStep(): Promise<void> {
    const began = performance.now();
    const loss = await step();
    const milliseconds = (performance.now() - began) / repetitions;
    port.send({
      type: 'bench-step',
      milliseconds,
      loss,
      peakBytes: process.resourceUsage().maxRSS * KIB,
    });
  }

  async function profiledSteps(): Promise<void> {
    const began = performance.now();
    const kernels = await profileKernels(async () => {
      for (let count = 0; count < PROFILED_STEPS; count++) await step();
    });
    port.send({
      type: 'bench-profile',
      milliseconds: (performance.now() - began) / PROFILED_STEPS,
      kernels: kernels.map((kernel) => ({
        name: kernel.name,
        calls: kernel.calls / PROFILED_STEPS,
        milliseconds: kernel.milliseconds / PROFILED_STEPS,
      })),
    });
  }

  await new Promise<void>((resolve, reject) => {
    // Commands wait for each other; a failed one ends the job.
    let last = Promise.resolve();
    const obey = async (command: EngineCommand): Promise<void> => {
      if (command === 'step') await timedStep();
      else if (command === 'profile') await profiledSteps();
      else if (command === 'stop') resolve();
    };
    onCommand((command) => {
      last = last.then(() => obey(command)).catch(reject);
    });
    port.send({ type: 'bench-ready', device, peer, denseMultiplyAdds });
  });
};
