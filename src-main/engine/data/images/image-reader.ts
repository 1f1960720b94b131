import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { StudioError } from '@shared/problem';
import type { AnswerMessage, AnswerOf, ImageTask, TaskMessage } from './image-task';

/** How far below the top folder this module lies: in out/main, in out/main/chunks, or in its source. */
const TOP_FOLDERS = ['../..', '../../..', '../../../..'];

/** The built program of a decoding thread. */
function workerFile(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = TOP_FOLDERS.map((top) => join(here, top, 'out', 'main', 'image-worker.js'));
  return candidates.find((file) => existsSync(file)) ?? candidates[0]!;
}

interface Waiting {
  resolve(value: never): void;
  reject(error: Error): void;
}

function libraryProblem(error: Error): StudioError {
  const [reason] = error.message.split('\n');
  return new StudioError(
    {
      code: 'images-library',
      message: `The library that decodes images cannot be used here: ${reason!.replace(/\.$/, '')}.`,
      fix: 'Install the studio again on this machine: its packages may be those of another system.',
    },
    { cause: error },
  );
}

/** One decoding thread and the tasks that it has not answered yet. */
class DecodingThread {
  readonly #waiting = new Map<number, Waiting>();
  readonly #worker: Worker;
  #next = 0;
  #ended: Error | null = null;

  constructor(file: string) {
    this.#worker = new Worker(file);
    this.#worker.on('message', (answer: AnswerMessage) => {
      this.#take(answer);
    });
    this.#worker.on('error', (error) => {
      this.#end(libraryProblem(error));
    });
    this.#worker.on('exit', () => {
      this.#end(new Error('The decoding thread has ended'));
    });
    // What waits for an answer keeps the process alive, a thread without a task does not.
    this.#worker.unref();
  }

  /** Tasks under way. */
  get load(): number {
    return this.#waiting.size;
  }

  ask<T extends ImageTask>(task: T): Promise<AnswerOf<T>> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = this.#next++;
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, task } satisfies TaskMessage);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(answer: AnswerMessage): void {
    const { resolve, reject } = this.#waiting.get(answer.id)!;
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('value' in answer) resolve(answer.value as never);
    else reject('problem' in answer ? new StudioError(answer.problem) : new Error(answer.error));
  }

  #end(reason: Error): void {
    this.#ended ??= reason;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

/** More threads than this do not pay: the decoder has four of its own. */
const MOST_THREADS = 4;

/**
 * Reads image files on threads of its own, so that nobody who trains has to wait for a decoder. Threads start with the
 * first task; {@link close} ends them and whatever they are doing.
 */
export class ImageReader {
  readonly #threads: DecodingThread[] = [];

  /** @param most threads at work; one core is left to the training */
  constructor(private readonly most = Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1))) {}

  /**
   * Has a task done by the thread with the least to do.
   * @throws StudioError image-bad, images-library
   */
  ask<T extends ImageTask>(task: T): Promise<AnswerOf<T>> {
    return this.#thread().ask(task);
  }

  /** Ends the threads; what was asked and not answered fails. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map((thread) => thread.close()));
  }

  #thread(): DecodingThread {
    const idle = this.#threads.find((thread) => thread.load === 0);
    if (idle) return idle;
    if (this.#threads.length < this.most) {
      const thread = new DecodingThread(workerFile());
      this.#threads.push(thread);
      return thread;
    }
    return this.#threads.reduce((least, thread) => (thread.load < least.load ? thread : least));
  }
}
