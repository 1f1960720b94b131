import { probeDevice } from '../../backends/devices';
import type { Job } from '../job-context';
import { standAside } from './stand-aside';
import { measureStep } from '../training/measure-step';

/** Finds out whether this machine can compute on a device, and how fast. */
export const probeJob: Job<'probe'> = async ({ device, aside }, { port }) => {
  if (aside) standAside();
  port.send({ type: 'device', report: await probeDevice(device, measureStep) });
};
