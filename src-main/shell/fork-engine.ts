import { fork } from 'node:child_process';
import type { StartProcess } from '../services/engine-process';

/** Starts engine processes of plain Node; typed arrays cross as they are. `entry` is the built engine. */
export function forkEngine(entry: string): StartProcess {
  return ({ aside }) => {
    const child = fork(entry, [], {
      // A session of its own: only that can stand back behind those of the browser.
      detached: aside && process.platform === 'linux',
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return {
      send: (message) => {
        if (child.connected) child.send(message);
      },
      onMessage: (listener) => {
        child.on('message', listener);
      },
      onExit: (listener) => {
        // The last messages may arrive behind 'exit': the line is drained when it is closed. What cannot be started has only 'error'.
        let how: string | null = null;
        let open = true;
        const report = (): void => {
          if (how !== null && !open) listener(how);
        };
        child.once('exit', (code, signal) => {
          how = signal ?? `exit code ${code ?? 'unknown'}`;
          report();
        });
        child.once('disconnect', () => {
          open = false;
          report();
        });
        child.on('error', (error) => {
          if (child.pid === undefined) listener(error.message);
        });
      },
      release: () => undefined,
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  };
}
