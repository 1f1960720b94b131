/** Below this, the garbage collector is as good. */
const SMALLEST_BYTES = 4096;

/** Addresses that are multiples of this let vectors be loaded without crossing cache lines. */
const ALIGNMENT = 64;

/** Blocks of a size that was not asked for during so many takes are dropped: a few steps of a large network. */
const STALE_TAKES = 4000;

/** What may lie free and be in use together, in multiples of the most that was in use at once. */
const MOST_HELD = 2;

/** Memory of the pool; never shared with another thread of JavaScript. */
type Block = Uint8Array<ArrayBuffer>;

/** Free blocks of one size, and when such a block was last asked for. */
interface FreeList {
  blocks: Block[];
  askedAt: number;
}

/**
 * Memory for tensors that is used again: training asks for the same sizes in every step, and fresh memory costs a page fault per 4 KiB.
 *
 * Blocks are lists by exact size. Before the pool grows it drops what nobody asks for any more (the sizes of an epoch's last, smaller
 * batch, say), and more, the least recently asked for first, where it would hold twice the most that was in use at once.
 */
export class BufferPool {
  readonly #free = new Map<number, FreeList>();
  readonly #owned = new WeakSet<ArrayBufferLike>();
  #clock = 0;
  #freeBytes = 0;
  #usedBytes = 0;
  #mostUsed = 0;

  /** @param alignmentOf bytes from the beginning of a buffer to its first aligned address */
  constructor(private readonly alignmentOf: (buffer: ArrayBuffer) => number) {}

  /** Bytes that wait to be used again. */
  get freeBytes(): number {
    return this.#freeBytes;
  }

  /** Bytes that were taken and not given back. */
  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Whether a buffer is the pool's: views of it are overwritten once its block was given back. */
  owns(buffer: ArrayBufferLike): boolean {
    return this.#owned.has(buffer);
  }

  /** A block of so many bytes; what it holds is not defined. */
  take(bytes: number): Block {
    if (bytes < SMALLEST_BYTES) return new Uint8Array(bytes);
    this.#usedBytes += bytes;
    this.#mostUsed = Math.max(this.#mostUsed, this.#usedBytes);
    this.#clock += 1;
    const list = this.#free.get(bytes);
    if (list) list.askedAt = this.#clock;
    const found = list?.blocks.pop();
    if (found) {
      this.#freeBytes -= bytes;
      return found;
    }
    this.#makeRoom();
    return this.#create(bytes);
  }

  /** Takes a block back; whoever gave it must not use it any more. Blocks that are not the pool's are left to the garbage collector. */
  give(block: Uint8Array): void {
    if (!this.#owned.has(block.buffer)) return;
    const bytes = block.byteLength;
    this.#usedBytes -= bytes;
    this.#freeBytes += bytes;
    const list = this.#free.get(bytes);
    const own = block as Block;
    if (list) list.blocks.push(own);
    else this.#free.set(bytes, { blocks: [own], askedAt: this.#clock });
  }

  #create(bytes: number): Block {
    const buffer = new ArrayBuffer(bytes + ALIGNMENT);
    this.#owned.add(buffer);
    return new Uint8Array(buffer, this.alignmentOf(buffer), bytes);
  }

  /** Drops what is stale, and more where the limit asks for it. `usedBytes` counts the block that is to be made already. */
  #makeRoom(): void {
    for (const [size, { blocks, askedAt }] of this.#free) {
      if (this.#clock - askedAt < STALE_TAKES) continue;
      this.#freeBytes -= size * blocks.length;
      this.#free.delete(size);
    }
    const limit = this.#mostUsed * MOST_HELD;
    while (this.#freeBytes > 0 && this.#usedBytes + this.#freeBytes > limit) this.#dropOldest();
  }

  /** Drops one block of the size that was asked for least recently. */
  #dropOldest(): void {
    const filled = [...this.#free].filter(([, { blocks }]) => blocks.length > 0);
    const [size, list] = filled.reduce((oldest, entry) =>
      entry[1].askedAt < oldest[1].askedAt ? entry : oldest,
    );
    list.blocks.pop();
    this.#freeBytes -= size;
    if (list.blocks.length === 0) this.#free.delete(size);
  }
}
