import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BufferPool } from '@main/backends/cpu/buffer-pool';

/** Every buffer begins 16 bytes behind an aligned address. */
function pool(): BufferPool {
  return new BufferPool(() => 48);
}

const KIB = 1024;

describe('a pool of buffers', () => {
  it('hands out the very block that was given back, to whoever asks for its size', () => {
    const buffers = pool();
    const first = buffers.take(8 * KIB);
    const other = buffers.take(16 * KIB);
    expect(first.byteLength).toBe(8 * KIB);
    expect(first.byteOffset).toBe(48);
    buffers.give(first);
    buffers.give(other);
    expect(buffers.take(8 * KIB).buffer === first.buffer).toBe(true);
    expect(buffers.take(8 * KIB).buffer === first.buffer).toBe(false);
  });

  it('counts what is in use and what is free', () => {
    const buffers = pool();
    const blocks = [buffers.take(8 * KIB), buffers.take(16 * KIB)];
    expect(buffers).toMatchObject({ usedBytes: 24 * KIB, freeBytes: 0 });
    buffers.give(blocks[1]!);
    expect(buffers).toMatchObject({ usedBytes: 8 * KIB, freeBytes: 16 * KIB });
  });

  it('knows its own', () => {
    const buffers = pool();
    expect(buffers.owns(buffers.take(8 * KIB).buffer)).toBe(true);
    const foreign = new Uint8Array(8 * KIB);
    expect(buffers.owns(foreign.buffer)).toBe(false);
    buffers.give(foreign);
    expect(buffers.freeBytes).toBe(0);
  });

  it('drops sizes that nobody asks for any more when it grows', () => {
    const buffers = pool();
    const old = Array.from({ length: 10 }, () => buffers.take(64 * KIB));
    old.forEach((block) => {
      buffers.give(block);
    });
    const often = buffers.take(8 * KIB);
    buffers.give(often);
    for (let count = 0; count < 5000; count++) buffers.give(buffers.take(8 * KIB));
    expect(buffers.freeBytes).toBe(648 * KIB);
    buffers.take(60 * KIB);
    expect(buffers.freeBytes).toBe(8 * KIB);
  });

  it('keeps the sizes of several phases that do not overlap', () => {
    const buffers = pool();
    const phase = (kib: number): ArrayBufferLike => {
      const block = buffers.take(kib * KIB);
      buffers.give(block);
      return block.buffer;
    };
    const first = [64, 60].map(phase);
    for (let count = 0; count < 10; count++)
      expect([64, 60].map(phase).every((buffer, index) => buffer === first[index])).toBe(true);
  });

  it('needs no new memory for steps that are alike', () => {
    const buffers = pool();
    const step = (): ArrayBufferLike[] => {
      const blocks = [8, 8, 16, 32, 8].map((kib) => buffers.take(kib * KIB));
      blocks.forEach((block) => {
        buffers.give(block);
      });
      return blocks.map((block) => block.buffer);
    };
    const known = new Set(step());
    for (let count = 0; count < 20; count++) expect(step().every((buffer) => known.has(buffer))).toBe(true);
  });

  it('never lets two live blocks share memory, nor keeps more than twice the most that was in use', () => {
    const action = fc.oneof(
      fc.record({ take: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ give: fc.nat(1000) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 200 }), (actions) => {
        const buffers = pool();
        const live: Uint8Array[] = [];
        let most = 0;
        for (const todo of actions) {
          if ('take' in todo) live.push(buffers.take(todo.take * 4 * KIB));
          else if (live.length > 0) buffers.give(live.splice(todo.give % live.length, 1)[0]!);
          const used = live.reduce((sum, block) => sum + block.byteLength, 0);
          most = Math.max(most, used);
          expect(buffers.usedBytes).toBe(used);
          expect(buffers.usedBytes + buffers.freeBytes).toBeLessThanOrEqual(most * 2);
          expect(new Set(live.map((block) => block.buffer)).size).toBe(live.length);
        }
      }),
      { numRuns: 100 },
    );
  });
});
