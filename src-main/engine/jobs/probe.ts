import { constants, setPriority } from 'node:os';
import { probeDevice } from '../../backends/devices';
import type { Job } from '../job-context';
import { measureStep } from '../training/measure-step';

/** Finds out whether this machine can compute on a device, and how fast. */
export const probeJob: Job<'probe'> = async ({ device, aside }, { port }) => {
  // Threads that the device starts from here on have it, too.
  if (aside) setPriority(constants.priority.PRIORITY_LOW);
  port.send({ type: 'device', report: await probeDevice(device, measureStep) });
};
