import { onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';

/**
 * Follows a map in steps that fit into a frame each: entries that are gone go at once, of those that are new or other at most `most` come in
 * each frame, the first ones first. The first step is taken with the change itself.
 */
export function useGradually<Value>(
  wanted: ComputedRef<ReadonlyMap<string, Value>>,
  most: () => number,
): Readonly<ShallowRef<ReadonlyMap<string, Value>>> {
  const current = shallowRef<ReadonlyMap<string, Value>>(new Map());
  let frame = 0;

  function step(): void {
    cancelAnimationFrame(frame);
    const before = current.value;
    const next = new Map<string, Value>();
    let left = most();
    let isBehind = false;
    for (const [key, value] of wanted.value) {
      const old = before.get(key);
      if (old === value) {
        next.set(key, value);
      } else if (left > 0) {
        left -= 1;
        next.set(key, value);
      } else {
        isBehind = true;
        if (old !== undefined) next.set(key, old);
      }
    }
    current.value = next;
    if (isBehind) frame = requestAnimationFrame(step);
  }

  watch(wanted, step, { immediate: true });
  onScopeDispose(() => {
    cancelAnimationFrame(frame);
  });
  return current;
}
