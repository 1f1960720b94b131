import { beforeEach, describe, expect, it } from 'vitest';
import { computed, effectScope, shallowRef, type EffectScope } from 'vue';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { copyNodes } from '@renderer/designer/clipboard/clip';
import { disconnect } from '@renderer/designer/edits/disconnect';
import { groupNodes } from '@renderer/designer/edits/group-nodes';
import { insertIntoEdge } from '@renderer/designer/edits/insert-into-edge';
import { paste } from '@renderer/designer/edits/paste';
import { useEdgeSelection } from '@renderer/designer/state/use-edge-selection';
import { useSelection } from '@renderer/designer/state/use-selection';
import { useSelectionMemory } from '@renderer/designer/state/use-selection-memory';
import { presetDocument } from './sample-documents';

function room() {
  const start = presetDocument('mcn-mnist');
  const document = shallowRef(start);
  const now = computed(() => document.value);
  const nodes = useSelection(now);
  const edges = useEdgeSelection(now, nodes);
  useSelectionMemory(now, nodes, edges);
  return {
    start,
    document,
    nodes,
    edges,
    apply: (edit: Edit) => {
      document.value = applyEdit(document.value, edit).document;
    },
  };
}

describe('what is selected after undo and redo', () => {
  let scope: EffectScope;
  beforeEach(() => {
    scope = effectScope();
    return () => {
      scope.stop();
    };
  });
  const opened = (): ReturnType<typeof room> => scope.run(room)!;

  it('copies give way to their originals, and are selected again when they come back', () => {
    const { start, document, nodes, apply } = opened();
    nodes.replace(['mc2', 'mc3']);
    const copies = paste(start, copyNodes(start, nodes.set.value, new Map()), { x: 0, y: 0 });
    apply(copies.edit);
    nodes.replace(copies.nodes);
    const after = document.value;
    document.value = start;
    expect(nodes.ids.value).toEqual(['mc2', 'mc3']);
    expect(nodes.cursor.value).toBe('mc3');
    document.value = after;
    expect(nodes.ids.value).toEqual(copies.nodes);
  });

  it('a group gives way to what was grouped', () => {
    const { start, document, nodes, apply } = opened();
    nodes.replace(['mc1', 'mc2']);
    const grouping = groupNodes(start, nodes.ids.value);
    if (!grouping.ok) throw new Error('there is nothing to group');
    apply(grouping.value.edit);
    nodes.pick(grouping.value.group);
    document.value = start;
    expect(nodes.ids.value).toEqual(['mc1', 'mc2']);
  });

  it('a layer gives way to the connection into which it was put', () => {
    const { start, document, nodes, edges, apply } = opened();
    edges.pick('fc2-output');
    const { edit, node } = insertIntoEdge(start, 'relu', 'fc2-output', { x: 0, y: 0 });
    apply(edit);
    nodes.pick(node);
    document.value = start;
    expect(nodes.ids.value).toEqual([]);
    expect(edges.ids.value).toEqual(['fc2-output']);
  });

  it('several steps back each bring their own selection', () => {
    const { start, document, nodes, apply } = opened();
    nodes.pick('mc1');
    apply({ kind: 'rename', node: 'mc1', name: 'Stem' });
    const between = document.value;
    nodes.pick('mc4');
    apply(disconnect(['fc2-output'])!);
    nodes.clear();
    document.value = between;
    expect(nodes.ids.value).toEqual(['mc4']);
    document.value = start;
    expect(nodes.ids.value).toEqual(['mc1']);
  });
});
