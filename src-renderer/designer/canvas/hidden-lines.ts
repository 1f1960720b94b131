import { computed, type ComputedRef } from 'vue';
import type { Designer } from '../state/use-designer';

/** The lines of a connection in the hand: it is drawn where the hand is instead. */
export function useHiddenLines({ connecting, shown }: Designer): ComputedRef<ReadonlySet<string>> {
  // Apart, so that moving the hand changes nothing.
  const inHand = computed(() => connecting.draft.value?.moved?.id ?? null);
  return computed(() => new Set(inHand.value === null ? [] : shown.design.value.linesOf(inHand.value)));
}
