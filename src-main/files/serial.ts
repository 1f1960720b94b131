/** Runs what concerns the same thing one after the other; what concerns different things runs side by side. */
export class Serial {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `work` when all that was given before it under this key has ended, well or not; answers as it does. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    this.#last.set(key, mine);
    const forget = (): void => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  }
}
