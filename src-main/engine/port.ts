import type { EngineOutput } from '@shared/contract/engine-job';

/** The engine's end of the line to whoever started it. Messages are structured clones; typed arrays cross as they are. */
export interface Port {
  send(message: EngineOutput): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when nobody is at the other end any more. */
  onClose(listener: () => void): void;
  /** Ends the line behind the last word, so that the process ends by itself. */
  close(): void;
}

/** Electron's utility process calls its port `process.parentPort`; in plain Node there is none. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

function overParentPort(parent: ParentPort): Port {
  return {
    send: (message) => {
      parent.postMessage(message);
    },
    onMessage: (listener) => {
      parent.on('message', (event) => {
        listener(event.data);
      });
    },
    onClose: (listener) => {
      parent.on('close', listener);
    },
    // An exit of our own could overtake the last word; the studio ends the process when it has it (utility-engine.ts).
    close: () => undefined,
  };
}

/** What terminals and service managers send to a whole group; the shell turns it into a stop with a checkpoint. */
const GROUP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function overFork(): Port {
  for (const signal of GROUP_SIGNALS) process.on(signal, () => undefined);
  return {
    send: (message) => {
      if (process.connected) process.send!(message);
    },
    onMessage: (listener) => {
      process.on('message', listener);
    },
    onClose: (listener) => {
      process.on('disconnect', listener);
    },
    close: () => {
      if (process.connected) process.disconnect();
    },
  };
}

/** The port of this process. @throws Error when it was started by hand */
export function enginePort(): Port {
  const parent = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (parent) return overParentPort(parent);
  if (process.send) return overFork();
  throw new Error('The engine is started by the studio; run "npm start" or "npm run mcn -- help" instead.');
}
