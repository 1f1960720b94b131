import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './project.mjs';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_MILLISECONDS = 500;

/** A terminal gives Ctrl-C to the whole group: the child has it already, and a second one means "at once" to it. */
function hasTerminal() {
  return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
}

/**
 * Calls back when npm's shell is gone. A signal to npm alone ends that shell and goes no further, so that a child would be left behind.
 * Without npm a parent that ends means nothing: the person may have closed a terminal on purpose.
 */
function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return () => undefined;
  const { ppid } = process;
  const timer = setInterval(() => {
    if (process.ppid !== ppid) onGone();
  }, PARENT_MILLISECONDS);
  return () => clearInterval(timer);
}

/** Passes signals on to a child and keeps this process alive until the child has ended; returns what stops that. */
function forwardSignals(child) {
  const stops = FORWARDED.map((signal) => {
    const listener = () => {
      if (signal !== 'SIGINT' || !hasTerminal()) child.kill(signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  const stopWatching = watchNpm(() => {
    stopWatching();
    child.kill('SIGTERM');
  });
  return () => [stopWatching, ...stops].forEach((stop) => stop());
}

/**
 * Waits for a child's end and passes signals on to it until then.
 * @returns its exit code; 128 + number for a signal, as shells say it. Rejected when it cannot start.
 */
export async function ended(child) {
  const stop = forwardSignals(child);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
    });
  } finally {
    stop();
  }
}

/**
 * Runs a program with this process's own streams.
 * @returns its exit code
 */
export function runOpenly(command, args, options = {}) {
  return ended(spawn(command, args, { cwd: root, stdio: 'inherit', ...options }));
}

/**
 * Runs a program and keeps what it prints.
 * @returns exit code, and both streams as one text in the order of arrival
 */
export async function runQuietly(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return { code: await ended(child), output };
}
