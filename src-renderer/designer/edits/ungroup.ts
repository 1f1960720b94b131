import type { GraphDocument, GraphNode } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { groupTree } from '@shared/graph/groups';
import { repeatsOf } from '@shared/network/group-problems';
import { failed, ok, type Result } from '@shared/problem';

/**
 * The single step that takes the frame of a group away; what is inside stays and lies where the group lay. A group that repeats cannot
 * go like that: its copies would be lost.
 */
export function ungroup(document: GraphDocument, group: GraphNode): Result<Edit> {
  const repeats = repeatsOf(group);
  if (repeats > 1) {
    return failed({
      code: 'ungroup-repeats',
      message: `${group.name} repeats ${repeats} times; without it the copies would be lost.`,
      fix: 'Set Repeat to 1 first.',
      node: group.id,
    });
  }
  const tree = groupTree(document);
  const parent = tree.groupOf(group.id);
  const edits: Edit[] = [
    ...tree.children(group.id).map(({ id }): Edit => ({ kind: 'set-parent', node: id, parent })),
    { kind: 'remove-node', node: group.id },
  ];
  return ok({ kind: 'batch', label: `Ungroup ${group.name}`, edits });
}
