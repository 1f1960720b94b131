import { probeDevices } from '../../backends/devices';
import type { Job } from '../job-context';
import { measureStep } from '../training/measure-step';

/** Finds out which devices this machine can compute on, and how fast. */
export const probeJob: Job<'probe'> = async (_job, { port }) => {
  port.send({ type: 'devices', devices: await probeDevices(measureStep) });
};
