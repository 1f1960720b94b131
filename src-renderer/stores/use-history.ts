import { computed, type ComputedRef } from 'vue';
import type { RunHistory } from '@shared/training/run-history';
import { useRunStore } from './run';

/**
 * Something read from the history of the current run, anew whenever it has grown. `read` must not hand out a list or table of the history
 * itself: these change in place, which nobody downstream would notice.
 * @param otherwise what stands for it while there is no run
 */
export function useHistory<T>(read: (history: RunHistory) => T, otherwise: T): ComputedRef<T> {
  const run = useRunStore();
  // The version counts up from 0: it is asked for because reading it is what makes this follow the history.
  return computed(() => (run.version >= 0 && run.history ? read(run.history) : otherwise));
}
