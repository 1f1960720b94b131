import { computed, ref, shallowRef, type ComputedRef } from 'vue';
import type { GraphDocument } from '@shared/graph/document';

/** What was selected, of nodes or of connections, and which of them the keyboard was at. */
export interface Selected {
  chosen: ReadonlySet<string>;
  last: string | null;
}

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
  /** What {@link restore} takes to select the same again, also when it has gone and come back meanwhile. */
  kept(): Selected;
  restore(kept: Selected): void;
}

/**
 * A selection over a design; nodes that go drop out of it, and are in it again when an undo brings them back. `standIn` gives the node
 * of the design that stands for something on the canvas (shown-design.ts): what is inside something closed is at the keyboard by that.
 */
export function useSelection(
  document: ComputedRef<GraphDocument>,
  standIn: (id: string) => string | null = (id) => id,
): Selection {
  const chosen = shallowRef<ReadonlySet<string>>(new Set());
  const last = ref<string | null>(null);
  const ids = computed(() => document.value.nodes.map(({ id }) => id).filter((id) => chosen.value.has(id)));
  const set = computed<ReadonlySet<string>>(() => new Set(ids.value));
  const cursor = computed(() => {
    const { nodes } = document.value;
    const at = nodes.some(({ id }) => id === last.value)
      ? last.value
      : (ids.value.at(-1) ?? nodes[0]?.id ?? null);
    return at === null ? null : standIn(at);
  });

  /** The node of the design itself, or for a part of an open block the block. */
  function owner(id: string): string {
    return document.value.nodes.some((node) => node.id === id) ? id : (standIn(id) ?? id);
  }

  function replace(nodes: readonly string[]): void {
    chosen.value = new Set(nodes.map(owner));
    last.value = nodes.at(-1) ?? last.value;
  }

  function pick(id: string, additive = false): void {
    const node = owner(id);
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
    kept: () => ({ chosen: chosen.value, last: last.value }),
    restore: (kept) => {
      chosen.value = kept.chosen;
      last.value = kept.last;
    },
  };
}
