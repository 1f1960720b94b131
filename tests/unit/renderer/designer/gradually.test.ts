import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { computed, effectScope, nextTick, shallowRef } from 'vue';
import { useGradually } from '@renderer/designer/state/use-gradually';

/** What waits for the next frame. */
const waiting = new Map<number, () => void>();
let last = 0;

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (call: () => void) => {
    last += 1;
    waiting.set(last, call);
    return last;
  });
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => waiting.delete(frame));
});

afterEach(() => {
  waiting.clear();
  vi.unstubAllGlobals();
});

function frame(): void {
  const calls = [...waiting.values()];
  waiting.clear();
  for (const call of calls) call();
}

function followed(most: number) {
  const wanted = shallowRef<ReadonlyMap<string, string>>(new Map());
  const scope = effectScope();
  const current = scope.run(() =>
    useGradually(
      computed(() => wanted.value),
      () => most,
    ),
  )!;
  const want = async (...all: [string, string][]): Promise<void> => {
    wanted.value = new Map(all);
    await nextTick();
  };
  return { current, want, scope };
}

it('takes some at once and the others frame by frame, in order', async () => {
  const { current, want } = followed(2);
  await want(['a', 'far'], ['b', 'far'], ['c', 'far'], ['d', 'far'], ['e', 'far']);
  expect([...current.value.keys()]).toEqual(['a', 'b']);
  frame();
  expect([...current.value.keys()]).toEqual(['a', 'b', 'c', 'd']);
  frame();
  expect([...current.value.keys()]).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(waiting.size).toBe(0);
});

it('what changes stays as it was until its turn; what is gone goes at once', async () => {
  const { current, want } = followed(2);
  await want(['a', 'far'], ['b', 'far'], ['c', 'far']);
  frame();
  await want(['b', 'near'], ['c', 'near'], ['d', 'near']);
  expect([...current.value]).toEqual([
    ['b', 'near'],
    ['c', 'near'],
  ]);
  await want(['b', 'far'], ['c', 'far'], ['d', 'far'], ['e', 'far']);
  frame();
  expect([...current.value.values()]).toEqual(['far', 'far', 'far', 'far']);
  expect(waiting.size).toBe(0);
});

it('goes on with what is wanted now, once a frame, and ends with its scope', async () => {
  const { current, want, scope } = followed(1);
  await want(['a', 'x'], ['b', 'x'], ['c', 'x']);
  await want(['a', 'x'], ['b', 'x'], ['z', 'x']);
  expect(waiting.size).toBe(1);
  frame();
  expect([...current.value.keys()]).toEqual(['a', 'b', 'z']);
  await want(['a', 'y'], ['b', 'y']);
  expect(waiting.size).toBe(1);
  scope.stop();
  expect(waiting.size).toBe(0);
});

it('takes all at once where it may', async () => {
  const { current, want } = followed(Infinity);
  await want(['a', 'x'], ['b', 'x'], ['c', 'x']);
  expect(current.value.size).toBe(3);
  expect(waiting.size).toBe(0);
});
