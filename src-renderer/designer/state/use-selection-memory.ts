import { watch, type ComputedRef } from 'vue';
import type { GraphDocument } from '@shared/graph/document';
import type { EdgeSelection } from './use-edge-selection';
import type { Selected, Selection } from './use-selection';

/** Selects what was selected before a step when the step is undone, and after it when it is done again. */
export function useSelectionMemory(
  document: ComputedRef<GraphDocument>,
  nodes: Selection,
  edges: EdgeSelection,
): void {
  // Undo and redo bring the same documents back, and edits never do.
  const memory = new WeakMap<GraphDocument, { nodes: Selected; edges: Selected }>();
  watch(
    document,
    (now, left) => {
      memory.set(left, { nodes: nodes.kept(), edges: edges.kept() });
      const kept = memory.get(now);
      if (!kept) return;
      nodes.restore(kept.nodes);
      edges.restore(kept.edges);
    },
    // At once: whoever takes a step selects what it brought right after it.
    { flush: 'sync' },
  );
}
