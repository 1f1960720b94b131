import { StudioError } from '@shared/problem';
import { STUDIO_VERSION } from '@shared/version';
import { locateHome } from '../services/home';
import { parseCommand, problemLine } from './cli/command';
import { findCommand, helpText } from './cli/commands';
import { UsageError } from './cli/usage-error';
import { forkEngine } from './fork-engine';
import { placesBeside } from './places';

/** Exit codes: done, failed, bad usage. */
const DONE = 0;
const FAILED = 1;
const BAD_USAGE = 2;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function run(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === '--version') {
    print(STUDIO_VERSION);
    return DONE;
  }
  if (name === undefined || name === 'help' || name === '--help') {
    print(helpText(rest[0] ?? null));
    return name === undefined ? BAD_USAGE : DONE;
  }
  const command = findCommand(name);
  const input = parseCommand(command, rest);
  if (input.flag('help')) {
    print(helpText(name));
    return DONE;
  }
  const places = placesBeside(import.meta.url);
  return command.run(input, {
    home: locateHome(input.text('home')),
    resourcesDir: places.resourcesDir,
    rendererDir: places.rendererDir,
    startProcess: forkEngine(places.engineEntry),
    version: STUDIO_VERSION,
    print,
    say,
  });
}

function report(error: unknown): number {
  if (error instanceof UsageError) {
    say(error.message);
    say(`See: mcn-studio help${error.command ? ` ${error.command}` : ''}`);
    return BAD_USAGE;
  }
  if (error instanceof StudioError) say(problemLine(error.problem));
  else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return FAILED;
}

// A reader that closes the pipe early ("... | head") is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(DONE);
  throw error;
});
process.exitCode = await run(process.argv.slice(2)).catch(report);
