import { constants } from 'node:os';

const children = new Set();

function killAll() {
  for (const child of children) child.kill('SIGKILL');
}

/** An end by a signal skips the "exit" of a process; code as a shell gives it. */
function endOn(signal) {
  process.once(signal, () => {
    killAll();
    process.exit(128 + constants.signals[signal]);
  });
}

/**
 * A child that ends with this program, whatever ends that: one that is held (SIGSTOP) would not notice, and keep its memory for ever.
 * @returns the child
 */
export function owned(child) {
  if (!process.listeners('exit').includes(killAll)) {
    process.on('exit', killAll);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) endOn(signal);
  }
  children.add(child);
  child.once('close', () => children.delete(child));
  return child;
}
