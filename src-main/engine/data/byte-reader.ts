/** Reads a stream of bytes in portions that its reader chooses. Whoever makes one closes it. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #ended: (missing: number) => Error;
  #rest: Uint8Array = new Uint8Array(0);

  /** @param ended the error to throw when the stream ends although `missing` more bytes were asked for */
  constructor(chunks: AsyncIterable<Uint8Array>, ended: (missing: number) => Error) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#ended = ended;
  }

  /** Whether no byte is left; waits until that is known. */
  async atEnd(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next();
      if (next.done) return true;
      this.#rest = new Uint8Array(next.value.buffer, next.value.byteOffset, next.value.length);
    }
    return false;
  }

  /** The next `count` bytes as they come in, each piece a view that is good until the next one is asked for. */
  async *pieces(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0;) {
      if (await this.atEnd()) throw this.#ended(left);
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** The next `count` bytes in a buffer of their own, the caller's. Allocates `count` bytes: ask for little. */
  async read(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(count);
    let at = 0;
    for await (const piece of this.pieces(count)) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  /** Passes over the next `count` bytes. */
  async skip(count: number): Promise<void> {
    const pieces = this.pieces(count);
    while (!(await pieces.next()).done);
  }

  /** Lets go of the stream, read to its end or not. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
