import { fork } from 'node:child_process';
import { at } from '../project.mjs';
import { SetupError } from '../setup-error.mjs';
import { owned } from './owned-child.mjs';

/** A workload of the studio in an engine process of its own, stepping on command. Whoever makes it closes it. */
export class EngineBench {
  #child;
  #waiting = [];
  #early = [];
  #failure = null;
  #gone;

  /** @param job fields of the job "bench" */
  constructor(job) {
    this.#child = owned(
      fork(at('out', 'main', 'engine.js'), [], {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      }),
    );
    this.#child.on('message', (message) => this.#receive(message));
    this.#child.once('exit', (code, signal) => {
      this.#fail(`The engine ended unexpectedly (${signal ?? `exit code ${code}`}).`);
    });
    this.#gone = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.send({ type: 'job', job: { type: 'bench', ...job } });
  }

  /** Resolves to the message bench-ready: the device, and what a peer needs. */
  ready() {
    return this.#next();
  }

  /** Resolves to bench-step, after one step. */
  step() {
    return this.#ask('step');
  }

  /** Resolves to bench-profile, after some steps. */
  profile() {
    return this.#ask('profile');
  }

  /** SIGSTOP or SIGCONT. */
  signal(name) {
    this.#child.kill(name);
  }

  /** Ends the process; resolves when its memory is free. */
  async close() {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  #ask(command) {
    if (this.#failure) return Promise.reject(this.#failure);
    this.#child.send({ type: 'command', command });
    return this.#next();
  }

  #next() {
    if (this.#early.length > 0) return Promise.resolve(this.#early.shift());
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #receive(message) {
    if (message.type === 'failed-job')
      return this.#fail(`${message.problem.message} ${message.problem.fix ?? ''}`.trim());
    const waiting = this.#waiting.shift();
    if (waiting) waiting.resolve(message);
    else this.#early.push(message);
  }

  #fail(text) {
    this.#failure ??= new SetupError(text);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}
