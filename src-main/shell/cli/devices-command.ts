import { runJob } from '../../services/engine-process';
import type { Command } from './command';
import { jsonLine } from './json-line';
import { textTable } from './text-table';

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
      const rows = devices.map(({ name, usable, description, reason, fix }) => [
        name,
        usable ? 'usable' : 'not usable',
        [description, reason, fix].filter((text) => text !== null).join('. '),
      ]);
      for (const line of textTable(rows)) context.print(line);
    }
    return 0;
  },
};
