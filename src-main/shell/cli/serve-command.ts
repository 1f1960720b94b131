import { allowedFolders } from '../allowed-folders';
import { portNumber } from '../port-number';
import { serveStudio } from '../serve-studio';
import type { Command } from './command';
import { jsonLine } from './json-line';
import { UsageError } from './usage-error';

/** `serve`: the studio for a browser, on this machine or through an SSH tunnel. */
export const serveCommand: Command = {
  name: 'serve',
  arguments: [],
  help: 'Serves the studio to a browser on this machine only; for a remote one, tunnel the port through SSH. Ctrl-C ends it, after checkpoints.',
  options: {
    port: { type: 'string', value: 'N', help: 'Port. Without it: a free one.' },
    allow: {
      type: 'string',
      value: 'DIR',
      multiple: true,
      help: 'Folder that the browser may look into and save to besides the home folder, as often as you like.',
    },
  },
  run: async (input, context) => {
    const text = input.text('port') ?? '0';
    const port = portNumber(text);
    if (port === null) {
      throw new UsageError(`--port takes a number from 0 to 65535, not "${text}".`, 'serve');
    }
    const allowed = allowedFolders(input.list('allow'));
    await serveStudio({ ...context, port, allowed, reason: null }, (url) => {
      if (input.flag('json')) context.print(jsonLine({ type: 'serving', url }));
      else context.print(`MCN Studio: ${url}`);
    });
    return 0;
  },
};
