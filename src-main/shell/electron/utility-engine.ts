import type { StartProcess } from '../../services/engine-process';

/** The part of Electron's UtilityProcess that an engine needs. */
export interface UtilityChild {
  postMessage(message: unknown): void;
  kill(): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'spawn', listener: () => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
}

/**
 * Starts engine processes as utility processes of Electron; typed arrays cross as they are.
 * @param fork starts one of the built engine
 */
export function utilityEngine(fork: () => UtilityChild): StartProcess {
  return () => {
    const child = fork();
    let state: 'starting' | 'running' | 'gone' = 'starting';
    const waiting: unknown[] = [];
    child.once('spawn', () => {
      state = 'running';
      for (const message of waiting.splice(0)) child.postMessage(message);
    });
    child.once('exit', () => {
      state = 'gone';
    });
    return {
      send: (message) => {
        // A message to a process that is gone ends the whole of Electron (electron/electron#53923).
        if (state === 'running') child.postMessage(message);
        else if (state === 'starting') waiting.push(message);
      },
      onMessage: (listener) => {
        child.on('message', listener);
      },
      onExit: (listener) => {
        child.once('exit', (code) => {
          // Messages that are already here are handed out before the process counts as gone.
          setImmediate(() => {
            listener(`exit code ${code}`);
          });
        });
      },
      release: () => {
        child.kill();
      },
      kill: () => {
        child.kill();
      },
    };
  };
}
