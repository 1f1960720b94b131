import type { ByteReader } from './byte-reader';
import { matProblem } from './mat-problem';

/** What stands in front of the bytes of an element. */
export interface MatTag {
  readonly type: number;
  readonly bytes: number;
  /** Bytes behind its own up to where the next element begins. */
  readonly padding: number;
}

const ALIGNMENT = 8;
/** A small element has its type, its length and up to four bytes in eight. */
const SMALL_BYTES = 4;

/** The elements inside a span of bytes of a stream: a whole file, or a matrix. Never reads past the span. */
export class MatElements {
  #left: number;

  /**
   * @param reader gives the bytes; the caller closes it
   * @param bytes how long the span is
   * @param place what messages call it
   */
  constructor(
    private readonly reader: ByteReader,
    readonly littleEndian: boolean,
    readonly path: string,
    bytes: number,
    private readonly place: string,
  ) {
    this.#left = bytes;
  }

  /** Bytes of the span that were not read. */
  get left(): number {
    return this.#left;
  }

  #check(bytes: number): void {
    if (bytes <= this.#left) return;
    const message = `is incomplete: ${bytes} more bytes must follow, but only ${this.#left} are left of ${this.place}.`;
    throw matProblem('mat-truncated', this.path, message);
  }

  #take(bytes: number): void {
    this.#check(bytes);
    this.#left -= bytes;
  }

  async #word(): Promise<number> {
    this.#take(4);
    return new DataView((await this.reader.read(4)).buffer).getUint32(0, this.littleEndian);
  }

  /** Reads the tag of the next element. @throws StudioError mat-bad, mat-truncated when its bytes do not fit the span */
  async tag(): Promise<MatTag> {
    const first = await this.#word();
    const small = first >>> 16;
    if (small > SMALL_BYTES) {
      throw matProblem(
        'mat-bad',
        this.path,
        `has a small element of ${small} bytes; it can have ${SMALL_BYTES}.`,
      );
    }
    const bytes = small === 0 ? await this.#word() : small;
    this.#check(bytes);
    const padding = small === 0 ? (ALIGNMENT - (bytes % ALIGNMENT)) % ALIGNMENT : SMALL_BYTES - small;
    return { type: small === 0 ? first : first & 0xffff, bytes, padding };
  }

  /** Reads the bytes of an element and passes over its padding. Allocates them: for small elements only. */
  async content({ bytes, padding }: MatTag): Promise<DataView> {
    this.#take(bytes);
    const content = await this.reader.read(bytes);
    await this.skip(padding);
    return new DataView(content.buffer);
  }

  /** The next `bytes` bytes as they come in; each piece is good until the next one is asked for. */
  async *pieces(bytes: number): AsyncGenerator<Uint8Array> {
    this.#check(bytes);
    for await (const piece of this.reader.pieces(bytes)) {
      this.#left -= piece.length;
      yield piece;
    }
  }

  /** The bytes of an element as a span of its own, which must be read or passed over before this one goes on. */
  inside({ bytes }: MatTag, place: string): MatElements {
    this.#take(bytes);
    return new MatElements(this.reader, this.littleEndian, this.path, bytes, place);
  }

  /** Passes over `bytes` bytes, or over what is left when that is less. */
  async skip(bytes: number = this.#left): Promise<void> {
    const count = Math.min(bytes, this.#left);
    this.#left -= count;
    await this.reader.skip(count);
  }
}
