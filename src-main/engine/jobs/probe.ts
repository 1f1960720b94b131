import { probeDevice } from '../../backends/devices';
import type { Job } from '../job-context';
import { measureStep } from '../training/measure-step';

/** Finds out whether this machine can compute on a device, and how fast. */
export const probeJob: Job<'probe'> = async ({ device }, { port }) => {
  port.send({ type: 'device', report: await probeDevice(device, measureStep) });
};
