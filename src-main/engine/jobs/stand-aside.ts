import { readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** The least share of the CPU that Linux knows. */
const LEAST = String(constants.priority.PRIORITY_LOW);

/** Whether this process leads a session that holds nothing else of the studio. */
function leadsSession(): boolean {
  // "pid (name) state parent group session …", where the name may hold anything.
  const stat = readFileSync('/proc/self/stat', 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3] === String(process.pid);
}

/**
 * Lets every other process go first from here on, threads started later included. Linux shares the CPU out to sessions before it asks for
 * the priority of processes (man 7 sched, "autogroup"), so that a process that leads one has its session stand back, too.
 */
export function standAside(): void {
  setPriority(constants.priority.PRIORITY_LOW);
  if (process.platform !== 'linux') return;
  try {
    if (leadsSession()) writeFileSync('/proc/self/autogroup', LEAST);
  } catch {
    // A kernel that does not share by sessions has no such file: then the priority alone tells.
  }
}
