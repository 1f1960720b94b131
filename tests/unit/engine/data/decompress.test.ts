import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { inflateStream } from '@main/engine/data/inflate-stream';
import { StudioError } from '@shared/problem';

function failed(reason: string): StudioError {
  return new StudioError({ code: 'bad', message: reason });
}

/** Pieces that come slowly, counted when they are asked for and when they are given. */
function slowly(bytes: Uint8Array, size: number) {
  const count = { asked: 0, given: 0 };
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) {
      count.asked++;
      await sleep(5);
      count.given++;
      yield bytes.subarray(at, at + size);
    }
  }
  return { chunks: chunks(), count };
}

it('gives back what was compressed, from pieces of any size', async () => {
  const plain = randomBytes(50_000);
  for (const size of [1000, 7000, 2 ** 20]) {
    const pieces: Uint8Array[] = [];
    for await (const piece of inflateStream(slowly(deflateSync(plain), size).chunks, failed)) {
      pieces.push(Uint8Array.from(piece));
    }
    expect(Buffer.compare(Buffer.concat(pieces), plain)).toBe(0);
  }
});

it('takes nothing any more once a reader that ends early has its answer', async () => {
  const { chunks, count } = slowly(deflateSync(randomBytes(200_000)), 1000);
  for await (const piece of inflateStream(chunks, failed)) {
    expect(piece.length).toBeGreaterThan(0);
    break;
  }
  const { asked } = count;
  expect(count.given).toBe(asked);
  expect(asked).toBeLessThan(200);
  await sleep(50);
  expect(count).toEqual({ asked, given: asked });
});

it('passes on what its source fails with', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield deflateSync(randomBytes(1000)).subarray(0, 500);
    await sleep(1);
    throw failed('the source broke');
  }
  const read = async (): Promise<void> => {
    for await (const piece of inflateStream(broken(), failed)) expect(piece.length).toBeGreaterThan(0);
  };
  await expect(read()).rejects.toThrow('the source broke');
});
