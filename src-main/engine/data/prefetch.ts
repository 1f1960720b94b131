/**
 * Things numbered 0 .. end - 1 that take a while to make and are taken one after the other: while one is in use, the next
 * `depth` are being made. At most depth + 1 are alive here at a time; the order is that of the numbers.
 *
 * A thing that cannot be made fails the `take` of its own number, not an earlier one.
 */
export class Prefetch<T> {
  readonly #started = new Map<number, Promise<T>>();

  constructor(
    private readonly make: (index: number) => Promise<T>,
    private readonly depth: number,
  ) {}

  /**
   * Thing number `index`. Whoever takes the numbers in turn waits only when making is slower than using; a jump forgets
   * what was being made and begins there.
   *
   * @param end what comes from here on is not made ahead
   */
  async take(index: number, end: number): Promise<T> {
    if (!this.#started.has(index)) this.#started.clear();
    for (let at = index; at <= Math.min(index + this.depth, Math.max(index, end - 1)); at++) this.#start(at);
    const thing = this.#started.get(index)!;
    this.#started.delete(index);
    return thing;
  }

  #start(index: number): void {
    if (this.#started.has(index)) return;
    const thing = this.make(index);
    // It is reported when it is taken; until then nobody listens, which is no reason to end the process.
    thing.catch(() => undefined);
    this.#started.set(index, thing);
  }
}
