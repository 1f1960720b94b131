import type { GraphDocument, GraphNode } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { groupTree } from '@shared/graph/groups';

/** What stands between the names of a block or group and of what is inside it: "Stage 1 / block 1". */
const SEPARATOR = ' / ';

/** A name without that of the innermost group around, of several, that it begins with: what it is called inside of that. */
export function nameInGroups(name: string, groups: readonly GraphNode[]): string {
  for (const group of groups) {
    const before = `${group.name}${SEPARATOR}`;
    if (name.length > before.length && name.startsWith(before)) return name.slice(before.length);
  }
  return name;
}

/** The single step that renames a group, and with it everything inside whose name begins with the group's. */
export function renameGroup(document: GraphDocument, group: GraphNode, name: string): Edit {
  const before = `${group.name}${SEPARATOR}`;
  const named = groupTree(document)
    .inside(group.id)
    .filter((node) => node.name.startsWith(before));
  const edits: Edit[] = [
    { kind: 'rename', node: group.id, name },
    ...named.map((node): Edit => {
      return { kind: 'rename', node: node.id, name: `${name}${node.name.slice(group.name.length)}` };
    }),
  ];
  return edits.length === 1 ? edits[0]! : { kind: 'batch', label: `Rename ${group.name}`, edits };
}
