const WIDTH = 24;
const REDRAW_MILLISECONDS = 100;

/** One line on a terminal that is drawn over itself; nothing at all where stderr is no terminal. */
export class ProgressBar {
  #drawnAt = 0;
  #shown = false;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** Shows `done` of `total`, and words behind the bar. */
  draw(done: number, total: number, words: string): void {
    if (!this.stream.isTTY) return;
    const now = performance.now();
    if (now - this.#drawnAt < REDRAW_MILLISECONDS && done < total) return;
    this.#drawnAt = now;
    const filled = total === 0 ? 0 : Math.round((WIDTH * done) / total);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    const line = `${bar} ${words}`;
    this.stream.write(`\r\x1b[2K${line.slice(0, Math.max(20, this.stream.columns - 1))}`);
    this.#shown = true;
  }

  /** Takes the line away, so that other text can be written. */
  clear(): void {
    if (this.#shown) this.stream.write('\r\x1b[2K');
    this.#shown = false;
  }
}
