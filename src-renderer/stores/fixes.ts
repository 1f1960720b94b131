import { defineStore } from 'pinia';
import { onScopeDispose, shallowRef } from 'vue';
import type { Edit } from '@shared/graph/edit';
import type { Problem } from '@shared/problem';

/** A way out of a problem that the studio can take by itself: the words on the button and the step. */
export interface Fix {
  label: string;
  edit: Edit;
}

/** The ways out of a problem of the open design, the best one first; none where a person has to decide. */
export type FixSearch = (problem: Problem) => Fix[];

/** The ways out of problems, for whatever lists them. The Design room knows them, and offers them while it is open. */
export const useFixesStore = defineStore('fixes', () => {
  const search = shallowRef<FixSearch | null>(null);

  /** Offers ways out until the returned function is called. */
  function offer(found: FixSearch): () => void {
    search.value = found;
    return () => {
      if (search.value === found) search.value = null;
    };
  }

  return { offer, fixesFor: (problem: Problem): Fix[] => search.value?.(problem) ?? [] };
});

/** Offers ways out for as long as the calling component lives. */
export function useOfferedFixes(search: FixSearch): void {
  onScopeDispose(useFixesStore().offer(search));
}
