import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { runQuietly } from '../child.mjs';
import { at } from '../project.mjs';
import { owned } from './owned-child.mjs';

export const INSTALL = 'apt-get install -y python3-torch libopenblas0-pthread';

const SCRIPT = at('tests', 'bench', 'torch_reference.py');

/** PyTorch's ways to lay a batch out in memory. */
const MEMORY_FORMATS = ['contiguous', 'channels_last'];

/** Steps of each format before the faster one is chosen; they warm up as well. */
const TRIAL_STEPS = 3;

/** PyTorch took part and failed: there is no ratio then, but figures of our own. */
export class PeerError extends Error {
  name = 'PeerError';
}

/** Debian's Python, which has Debian's packages; another one on the path may have none. */
function python() {
  if (process.env.MCN_PYTHON) return process.env.MCN_PYTHON;
  return existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
}

/** Python keeps compiled files beside its sources unless it is told not to. */
function scriptArgs(...args) {
  return ['-B', SCRIPT, ...args];
}

/** What helps when PyTorch is not there. */
function fix() {
  return `On Debian or Ubuntu, as root: ${INSTALL}. Elsewhere name a Python that has torch in MCN_PYTHON.`;
}

/**
 * Whether there is a PyTorch that is worth comparing with.
 * @param path the Python to ask
 * @returns {Promise<{ version: string, blas: string | null, problem: null } | { problem: string }>} or why not and what helps
 */
export async function findTorch(path = python()) {
  const { code, output } = await runQuietly(path, scriptArgs('--check')).catch((error) => ({
    code: 1,
    output: error.message,
  }));
  const lastLine = output.trim().split('\n').at(-1);
  if (code !== 0) return { problem: `PyTorch cannot be run by ${path} (${lastLine}). ${fix()}` };
  const { version, blas } = JSON.parse(lastLine);
  if (blas === 'reference') {
    const problem = `PyTorch (${path}) uses the reference BLAS, which is slow: a ratio to it would say nothing. ${fix()}`;
    return { problem };
  }
  return { version, blas, problem: null };
}

/**
 * glibc gives large blocks back to the system after every step and asks for them again, a page fault for each 4 KiB: without this PyTorch
 * takes two to three times as long on a virtual machine, and a ratio would measure the system's memory management.
 */
const KEEPS_MEMORY = {
  MALLOC_MMAP_MAX_: '0',
  MALLOC_TRIM_THRESHOLD_: String(2 ** 40),
  MALLOC_TOP_PAD_: String(2 ** 28),
};

/** tests/bench/torch_reference.py in a process of its own: the same network, stepping on command. Whoever starts it closes it. */
export class TorchPeer {
  #child;
  #lines;
  #said = '';
  #gone;

  /**
   * @param start peer's part of bench-ready, and batch, threads, format, given
   * @param memory "kept" between steps, or what the "system" does with it
   */
  constructor(start, memory) {
    const threads = String(start.threads);
    const kept = memory === 'kept' ? KEEPS_MEMORY : {};
    const env = { ...process.env, ...kept, OMP_NUM_THREADS: threads, OPENBLAS_NUM_THREADS: threads };
    this.#child = owned(spawn(python(), scriptArgs(), { env, stdio: ['pipe', 'pipe', 'pipe'] }));
    this.#child.stderr.setEncoding('utf8').on('data', (text) => {
      this.#said += text;
    });
    this.#gone = new Promise((resolve) => this.#child.once('close', resolve));
    // What is written to a program that has ended is lost; the missing answer tells.
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('error', (error) => {
      this.#said += error.message;
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#send(start);
  }

  /** Resolves when it can step. @throws PeerError */
  ready() {
    return this.#answer();
  }

  /**
   * Sends a command and resolves to its answer (torch_reference.py lists them); one at a time.
   * @throws PeerError with the program's last line when it has ended
   */
  ask(command) {
    this.#send(command);
    return this.#answer();
  }

  /** SIGSTOP or SIGCONT. */
  signal(name) {
    this.#child.kill(name);
  }

  /** Ends the program; resolves when its memory is free. */
  async close() {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  #send(message) {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  async #answer() {
    const { value, done } = await this.#lines.next();
    if (!done) return JSON.parse(value);
    const code = await this.#gone;
    const why = this.#said.trim().split('\n').at(-1) || `exit code ${code ?? 'none: it was killed'}`;
    throw new PeerError(`PyTorch ended unexpectedly (${why}).`);
  }
}

/**
 * Starts the peer with each memory format and keeps the faster: a process that has seen no other one, so that its peak memory is its own.
 * @param start as for TorchPeer, without format
 * @param memory as for TorchPeer
 * @returns the peer, warmed up, and its format
 * @throws PeerError; none is left behind then
 */
export async function startFasterPeer(start, memory) {
  const tried = [];
  try {
    for (const format of MEMORY_FORMATS) {
      const peer = new TorchPeer({ ...start, format, given: null }, memory);
      const entry = { peer, format, fastest: Infinity };
      tried.push(entry);
      await peer.ready();
      for (let step = 0; step < TRIAL_STEPS; step++) {
        const { ms } = await peer.ask({ cmd: 'step' });
        entry.fastest = Math.min(entry.fastest, ms);
      }
    }
  } catch (error) {
    await Promise.all(tried.map(({ peer }) => peer.close()));
    throw error;
  }
  const [faster, slower] = tried.sort((a, b) => a.fastest - b.fastest);
  await slower.peer.close();
  return { peer: faster.peer, format: faster.format };
}
