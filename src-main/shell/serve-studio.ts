import { createStudio, type Studio } from '../services/studio';
import type { Home } from '../services/home';
import type { StartProcess } from '../services/engine-process';
import { startServer } from './browser/server';
import { onInterrupt } from './interrupts';

export interface ServeOptions {
  home: Home;
  resourcesDir: string;
  rendererDir: string;
  startProcess: StartProcess;
  version: string;
  port: number;
  /** Folders that the browser may use besides the home. */
  allowed: readonly string[];
  /** Why the studio is not in a window of its own; null when a browser was asked for. */
  reason: string | null;
}

/** Resolves at the first wish to end; a second one ends at once. */
function untilAsked(studio: Studio, say: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    onInterrupt(
      () => {
        if (studio.runningJobs() > 0) say('Writing checkpoints; press Ctrl-C again to end at once.');
        resolve();
      },
      () => process.exit(1),
    );
  });
}

/**
 * Serves the studio on the loopback interface until it is told to end; running runs are stopped with a checkpoint then.
 * @param onReady gets the address, token included
 * @throws StudioError port-taken
 */
export async function serveStudio(options: ServeOptions, onReady: (url: string) => void): Promise<void> {
  const studio = createStudio({
    ...options,
    shell: 'browser',
    shellReason: options.reason,
    chooseFile: null,
    enableInMenu: null,
  });
  const server = await startServer({ studio, rendererDir: options.rendererDir, port: options.port });
  onReady(server.url);
  await untilAsked(studio, (line) => process.stderr.write(`${line}\n`));
  await studio.close();
  await server.close();
}
