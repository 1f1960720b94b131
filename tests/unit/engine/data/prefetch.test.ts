import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Prefetch } from '@main/engine/data/prefetch';

interface Making {
  index: number;
  finish(): void;
}

/** A maker whose things are done when the test says so. */
function controlled() {
  const making: Making[] = [];
  const prefetch = new Prefetch<number>(
    (index) =>
      new Promise((resolve) => {
        making.push({
          index,
          finish: () => {
            resolve(index * 10);
          },
        });
      }),
    2,
  );
  return { making, prefetch };
}

it('makes the next things while one is in use, and no more than its depth', async () => {
  const { making, prefetch } = controlled();
  const first = prefetch.take(0, 9);
  expect(making.map(({ index }) => index)).toEqual([0, 1, 2]);
  for (const { finish } of [...making].reverse()) finish();
  expect(await first).toBe(0);
  expect(await prefetch.take(1, 9)).toBe(10);
  expect(making.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
});

it('makes nothing past the end', async () => {
  const { making, prefetch } = controlled();
  void prefetch.take(7, 8);
  expect(making.map(({ index }) => index)).toEqual([7]);
  const { making: others, prefetch: other } = controlled();
  void other.take(6, 8);
  expect(others.map(({ index }) => index)).toEqual([6, 7]);
  await setTimeout(1);
});

it('gives an error with the thing that it belongs to, and goes on behind it', async () => {
  const prefetch = new Prefetch<number>(
    (index) => (index === 2 ? Promise.reject(new Error('two')) : Promise.resolve(index)),
    2,
  );
  expect(await prefetch.take(0, 9)).toBe(0);
  // Long enough for an unheard rejection to end the process.
  await setTimeout(20);
  expect(await prefetch.take(1, 9)).toBe(1);
  await expect(prefetch.take(2, 9)).rejects.toThrow('two');
  expect(await prefetch.take(3, 9)).toBe(3);
});

it('begins anew after a jump', async () => {
  const made: number[] = [];
  const prefetch = new Prefetch<number>((index) => {
    made.push(index);
    return Promise.resolve(index);
  }, 1);
  expect(await prefetch.take(0, 9)).toBe(0);
  expect(await prefetch.take(5, 9)).toBe(5);
  expect(await prefetch.take(0, 9)).toBe(0);
  expect(made).toEqual([0, 1, 5, 6, 0, 1]);
});
