import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ended, runOpenly } from './child.mjs';
import { findElectron } from './electron-binary.mjs';
import { prepare } from './prepare.mjs';
import { at, folderOfPerson, root, say } from './project.mjs';
import { runMain, SetupError } from './setup-error.mjs';

/** An Electron that ends this soon with an error never showed a window. */
const STARTED_MILLISECONDS = 5_000;

const USAGE = `npm start -- [options]

  --browser    Open the studio in the browser, not in a window of its own.
  --port N     Port for the browser; without it a free one. Implies --browser.
  --no-open    Print the address only. Implies --browser.
  --home DIR   Home folder of runs and projects; also MCN_STUDIO_HOME.
  --allow DIR  Folder that the studio in a browser may use besides its home, as often as you like.`;

function readOptions(args) {
  try {
    return parseArgs({
      args,
      options: {
        browser: { type: 'boolean', default: false },
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        home: { type: 'string' },
        allow: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${error.message.split('. ')[0]}\n\n${USAGE}`, 2);
  }
}

function homeOption({ home }) {
  return home === undefined ? [] : [`--home=${resolve(folderOfPerson('start'), home)}`];
}

/** Exit codes of a person's or the system's wish to end: SIGHUP, SIGINT, SIGTERM. */
const ENDED_ON_REQUEST = [0, 129, 130, 143];

/** @returns null when Electron ran; otherwise why it could not start */
async function runElectron(path, options) {
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  const began = performance.now();
  const child = spawn(path, [root, ...homeOption(options)], { env, stdio: ['inherit', 'inherit', 'pipe'] });
  let last = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    process.stderr.write(text);
    last = text.trim().split('\n').at(-1) || last;
  });
  const code = await ended(child).catch((error) => error.code);
  if (ENDED_ON_REQUEST.includes(code)) return null;
  if (performance.now() - began > STARTED_MILLISECONDS) {
    throw new SetupError(`MCN Studio ended unexpectedly (exit code ${code}).`);
  }
  return `Electron could not start (exit code ${code}${last ? `: ${last}` : ''}).`;
}

function runBrowser(options, reason) {
  if (reason !== null) say(`${reason}\nThe studio opens in the browser instead.`);
  return runOpenly(process.execPath, [
    at('out', 'main', 'browser.js'),
    ...homeOption(options),
    ...options.allow.map((folder) => `--allow=${resolve(folderOfPerson('start'), folder)}`),
    ...(options.port === undefined ? [] : [`--port=${options.port}`]),
    ...(options['no-open'] ? ['--no-open'] : []),
    ...(reason === null ? [] : [`--reason=${reason}`]),
  ]);
}

await runMain(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    say(USAGE);
    return 0;
  }
  await prepare();
  if (options.browser || options['no-open'] || options.port !== undefined) return runBrowser(options, null);
  const found = findElectron();
  const reason = found.reason ?? (await runElectron(found.path, options));
  return reason === null ? 0 : runBrowser(options, reason);
});
