import { parseArgs } from 'node:util';
import { StudioError } from '@shared/problem';
import { STUDIO_VERSION } from '@shared/version';
import { locateHome } from '../services/home';
import { allowedFolders } from './allowed-folders';
import { openInBrowser } from './browser/open-in-browser';
import { forkEngine } from './fork-engine';
import { placesBeside } from './places';
import { portNumber } from './port-number';
import { serveStudio } from './serve-studio';

/** The studio in the system's browser: what `npm start` falls back to where Electron cannot start. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      home: { type: 'string' },
      allow: { type: 'string', multiple: true, default: [] },
      /** Why there is no window of its own. */
      reason: { type: 'string' },
      /** Print the address, but do not open it. */
      'no-open': { type: 'boolean', default: false },
    },
  });
  const port = portNumber(values.port);
  if (port === null) {
    throw new StudioError({
      code: 'port-unusable',
      message: `--port takes a number from 0 to 65535, not "${values.port}".`,
    });
  }
  const places = placesBeside(import.meta.url);
  const options = {
    home: locateHome(values.home),
    ...places,
    startProcess: forkEngine(places.engineEntry),
    version: STUDIO_VERSION,
    port,
    allowed: allowedFolders(values.allow),
    reason: values.reason ?? null,
  };
  await serveStudio(options, (url) => {
    process.stdout.write(`MCN Studio: ${url}\n`);
    if (!values['no-open']) openInBrowser(url);
  });
}

main().catch((error: unknown) => {
  const text = error instanceof StudioError ? error.message : error instanceof Error ? error.stack : error;
  process.stderr.write(`${String(text)}\n`);
  process.exitCode = 1;
});
