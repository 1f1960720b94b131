import { watch, type ComputedRef } from 'vue';
import type { GraphDocument } from '@shared/graph/document';
import { useProjectStore } from '../../stores/project';
import { changedNodes } from '../edits/changed-nodes';

/** Tells `seek` after each undo and redo which nodes to look for: those that it has changed. */
export function useRetracedSight(
  document: ComputedRef<GraphDocument>,
  seek: (nodes: readonly string[]) => void,
): void {
  const store = useProjectStore();
  watch([() => store.retraced, document] as const, ([retraced, now], [before, left]) => {
    if (retraced !== before) seek(changedNodes(left, now));
  });
}
