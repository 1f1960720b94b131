import type { MeasuredSpeed } from '@shared/training/run-outlook';
import { runJob } from '../../services/engine-process';
import type { Command } from './command';
import { jsonLine } from './json-line';
import { textTable } from './text-table';

/** A training speed in words. */
function speedText({ imagesPerSecond, multiplyAdds }: MeasuredSpeed): string {
  return `Trains about ${Math.round(imagesPerSecond)} images/s of a network of ${(multiplyAdds / 1e6).toFixed(1)} M multiply-adds, like mcn-mnist-tiny`;
}

/** `devices`: what this machine can compute on, tried in a process of its own. */
export const devicesCommand: Command = {
  name: 'devices',
  arguments: [],
  help: 'Lists the compute devices and says why the others cannot be used.',
  options: {},
  run: async (input, context) => {
    const { devices } = await runJob(context.startProcess, { type: 'probe' }, 'devices').result;
    if (input.flag('json')) for (const device of devices) context.print(jsonLine(device));
    else {
      const rows = devices.map(({ name, usable, description, reason, fix, speed }) => [
        name,
        usable ? 'usable' : 'not usable',
        [description, speed && speedText(speed), reason, fix].filter((text) => text !== null).join('. '),
      ]);
      for (const line of textTable(rows)) context.print(line);
    }
    return 0;
  },
};
