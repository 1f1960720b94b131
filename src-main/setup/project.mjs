import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** Top folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A place inside the project. */
export function at(...parts) {
  return join(root, ...parts);
}

/** Tells the person; stderr, because stdout belongs to the answer of a command. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Folder in which the person typed the command. npm runs scripts in the project's folder and names the other one.
 * @param script name of the script in package.json
 */
export function folderOfPerson(script) {
  const { npm_lifecycle_event: running, INIT_CWD: typedIn } = process.env;
  return running === script && typedIn ? typedIn : process.cwd();
}

/** "4.2 s", "3 min 5 s". */
export function secondsText(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
