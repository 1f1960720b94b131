import type { ComputedRef } from 'vue';
import { isBlockType } from '@shared/blocks/index';
import type { GraphDocument, GraphNode } from '@shared/graph/document';
import { groupTree, isGroup } from '@shared/graph/groups';
import type { Edit } from '@shared/graph/edit';
import { nodesInWords } from '@shared/graph/nodes-in-words';
import { failed, ok, problemText, type Result } from '@shared/problem';
import { useCommandsStore } from '../../stores/commands';
import { useProjectStore } from '../../stores/project';
import { dissolveBlock } from '../edits/dissolve-block';
import { putIn, takeOut } from '../edits/change-group';
import { groupNodes } from '../edits/group-nodes';
import { ungroup } from '../edits/ungroup';
import type { Selection } from './use-selection';
import type { Shown } from './use-shown';

/** What can be done with groups and blocks, and why it cannot be done now (null: it can). */
export interface Groups {
  /** Puts a frame around the selection. */
  group(): void;
  groupReason(): string | null;
  /** Takes the frame of the selected group away, or makes the selected block a group of what it is made of. */
  ungroup(): void;
  ungroupReason(): string | null;
  /** Takes what is selected out of the group around it. */
  takeOut(): void;
  takeOutReason(): string | null;
  /** Puts what is selected into the one group that is selected with it. */
  putIn(): void;
  putInReason(): string | null;
  /** Opens what is selected when it is closed, and closes it when it is open. */
  toggle(): void;
  toggleReason(): string | null;
  /** The same for one group or block, or for a part of an open block that is a block itself. */
  toggleNode(id: string): void;
}

/** Whether a node is a group or a block: shown as one card, or as a frame with what is in it. */
export function canOpen(node: GraphNode): boolean {
  return isGroup(node) || isBlockType(node.type);
}

function reasonOf(result: Result<unknown>): string | null {
  return result.ok ? null : problemText(result.problems[0]!);
}

/**
 * The groups of the open project's design. Opening and closing is part of the design and can be undone. `reveal` brings a frame that has
 * just appeared into sight.
 */
export function useGroups(
  document: ComputedRef<GraphDocument>,
  selection: Selection,
  shown: Shown,
  reveal: (node: string) => void,
): Groups {
  const store = useProjectStore();
  const commands = useCommandsStore();

  function chosen(): GraphNode[] {
    return document.value.nodes.filter(({ id }) => selection.set.value.has(id));
  }

  /** The step that takes one selected group or block apart. */
  function ungrouping(): Result<Edit> {
    const [node, ...others] = chosen();
    if (!node || others.length > 0 || !canOpen(node)) {
      return failed({ code: 'ungroup-nothing', message: 'No single group or block is selected.' });
    }
    if (isGroup(node)) return ungroup(document.value, node);
    const parts = shown.partsOf(node);
    if (!parts?.ok) return failed(...(parts?.problems ?? []));
    return ok(dissolveBlock(document.value, node, parts.value));
  }

  /** What opens or closes: the selected groups and blocks, or the group around a selected layer. */
  function toggled(): Result<GraphNode[]> {
    const own = chosen().filter(canOpen);
    const tree = groupTree(document.value);
    const around = new Set(chosen().flatMap(({ id }) => tree.groupOf(id) ?? []));
    const nodes = own.length > 0 ? own : document.value.nodes.filter(({ id }) => around.has(id));
    if (nodes.length > 0) return toggleable(nodes);
    return failed({ code: 'toggle-nothing', message: 'No group or block is selected.' });
  }

  function toggleable(nodes: GraphNode[]): Result<GraphNode[]> {
    const unknown = nodes
      .filter((node) => !node.open && isBlockType(node.type))
      .map((node) => shown.partsOf(node))
      .find((parts) => parts?.ok === false);
    return unknown?.ok === false ? unknown : ok(nodes);
  }

  function toggle(nodes: readonly GraphNode[]): void {
    const open = !nodes.every((node) => node.open);
    const edits = nodes.map(({ id }): Edit => ({ kind: 'set-open', node: id, open }));
    const ids = nodes.map(({ id }) => id);
    const label = `${open ? 'Expand' : 'Collapse'} ${nodesInWords(document.value, ids)}`;
    store.apply(edits.length === 1 ? edits[0]! : { kind: 'batch', label, edits });
    selection.replace(ids);
    if (open) reveal(nodes.at(-1)!.id);
  }

  function change(edit: Result<Edit>): void {
    if (edit.ok) store.apply(edit.value);
  }

  return {
    group: () => {
      const grouping = groupNodes(document.value, selection.ids.value);
      if (!grouping.ok) return;
      store.apply(grouping.value.edit);
      selection.pick(grouping.value.group);
      reveal(grouping.value.group);
    },
    groupReason: () => reasonOf(groupNodes(document.value, selection.ids.value)),
    ungroup: () => {
      const [node] = chosen();
      const edit = ungrouping();
      if (!node || !edit.ok) return;
      const inside = isGroup(node)
        ? groupTree(document.value)
            .children(node.id)
            .map(({ id }) => id)
        : [node.id];
      store.apply(edit.value);
      selection.replace(inside);
    },
    ungroupReason: () => reasonOf(ungrouping()),
    takeOut: () => {
      change(takeOut(document.value, selection.ids.value));
    },
    takeOutReason: () => reasonOf(takeOut(document.value, selection.ids.value)),
    putIn: () => {
      change(putIn(document.value, selection.ids.value));
    },
    putInReason: () => reasonOf(putIn(document.value, selection.ids.value)),
    toggle: () => {
      const nodes = toggled();
      if (nodes.ok) toggle(nodes.value);
    },
    toggleReason: () => reasonOf(toggled()),
    toggleNode: (id) => {
      if (shown.isBlockPart(id)) {
        shown.togglePart(id);
        return;
      }
      const node = document.value.nodes.find((other) => other.id === id);
      if (!node || !canOpen(node)) return;
      const reason = node.open ? null : reasonOf(toggleable([node]));
      if (reason === null) toggle([node]);
      else commands.tellWhy(`Expand ${node.name}: ${reason}`);
    },
  };
}
