import { computed, ref, shallowRef, watch, type ComputedRef } from 'vue';
import type { GraphDocument } from '@shared/graph/document';
import type { Selected, Selection } from './use-selection';

/** Which connections are selected. Nodes and connections are never selected at once. */
export interface EdgeSelection {
  /** Ids that the design still has, in document order. */
  ids: ComputedRef<readonly string[]>;
  /** The connection that the keyboard is at: the last one selected; null while none is. */
  cursor: ComputedRef<string | null>;
  /** Selects one connection; `additive` adds it to the others or takes it out. */
  pick(edge: string, additive?: boolean): void;
  clear(): void;
  /** What {@link restore} takes to select the same again, also when it has gone and come back meanwhile. */
  kept(): Selected;
  restore(kept: Selected): void;
}

/** A selection of connections beside that of nodes. */
export function useEdgeSelection(document: ComputedRef<GraphDocument>, nodes: Selection): EdgeSelection {
  const chosen = shallowRef<ReadonlySet<string>>(new Set());
  const last = ref<string | null>(null);
  const ids = computed(() => document.value.edges.map(({ id }) => id).filter((id) => chosen.value.has(id)));

  function clear(): void {
    if (chosen.value.size > 0) chosen.value = new Set();
  }

  watch(
    nodes.set,
    (selected) => {
      if (selected.size > 0) clear();
    },
    { flush: 'sync' },
  );

  return {
    ids,
    cursor: computed(() =>
      last.value !== null && ids.value.includes(last.value) ? last.value : (ids.value.at(-1) ?? null),
    ),
    pick: (edge, additive = false) => {
      nodes.clear();
      last.value = edge;
      const others = additive ? ids.value : [];
      chosen.value = new Set(
        others.includes(edge) ? others.filter((other) => other !== edge) : [...others, edge],
      );
    },
    clear,
    kept: () => ({ chosen: chosen.value, last: last.value }),
    restore: (kept) => {
      chosen.value = kept.chosen;
      last.value = kept.last;
    },
  };
}
