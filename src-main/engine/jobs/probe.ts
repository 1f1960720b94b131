import { probeDevices } from '../../backends/devices';
import type { Job } from '../job-context';

/** Finds out which devices this machine can compute on. */
export const probeJob: Job<'probe'> = async (_job, { port }) => {
  port.send({ type: 'devices', devices: await probeDevices() });
};
