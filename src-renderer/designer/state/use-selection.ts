import { computed, ref, shallowRef, type ComputedRef } from 'vue';
import type { GraphDocument } from '@shared/graph/document';

/** Which nodes are selected; a state of the room, not of the design. */
export interface Selection {
  /** Ids that the design still has, in document order. */
  ids: ComputedRef<readonly string[]>;
  set: ComputedRef<ReadonlySet<string>>;
  /** The node that the keyboard is at: the last one selected, or the first of the design. */
  cursor: ComputedRef<string | null>;
  /** Selects one node; `additive` adds it to the others or takes it out. */
  pick(node: string, additive?: boolean): void;
  replace(nodes: readonly string[]): void;
  /** Puts the keyboard at a node without selecting it. */
  moveCursor(node: string): void;
  clear(): void;
}

/** A selection over a design; nodes that go drop out of it, and are in it again when an undo brings them back. */
export function useSelection(document: ComputedRef<GraphDocument>): Selection {
  const chosen = shallowRef<ReadonlySet<string>>(new Set());
  const last = ref<string | null>(null);
  const ids = computed(() => document.value.nodes.map(({ id }) => id).filter((id) => chosen.value.has(id)));
  const set = computed<ReadonlySet<string>>(() => new Set(ids.value));
  const cursor = computed(() => {
    const { nodes } = document.value;
    if (nodes.some(({ id }) => id === last.value)) return last.value;
    return ids.value.at(-1) ?? nodes[0]?.id ?? null;
  });

  function replace(nodes: readonly string[]): void {
    chosen.value = new Set(nodes);
    last.value = nodes.at(-1) ?? last.value;
  }

  function pick(node: string, additive = false): void {
    last.value = node;
    const others = additive ? ids.value : [];
    const remove = additive && chosen.value.has(node);
    chosen.value = new Set(remove ? others.filter((id) => id !== node) : [...others, node]);
  }

  return {
    ids,
    set,
    cursor,
    pick,
    replace,
    moveCursor: (node) => {
      last.value = node;
    },
    clear: () => {
      chosen.value = new Set();
    },
  };
}
