import { StudioError } from '../problem';
import type { GraphDocument } from './document';
import type { Edit, Edited } from './edit';
import { indexOf, replaceNode } from './edit-target';
import { groupTree, isGroup, MAX_GROUP_DEPTH } from './groups';

/** Checks that `parent` is a group. @throws StudioError edit-missing, edit-no-group */
export function checkIsGroup(document: GraphDocument, parent: string): void {
  const group = document.nodes[indexOf(document.nodes, parent, 'node')]!;
  if (isGroup(group)) return;
  throw new StudioError({
    code: 'edit-no-group',
    message: `${group.name} is no group and cannot hold other nodes.`,
    fix: 'Select the layers and group them.',
  });
}

/** Checks that a node, with what is inside it, may lie in a group. @throws StudioError edit-group-loop, edit-group-depth and those of checkIsGroup */
function checkParent(document: GraphDocument, node: string, parent: string): void {
  checkIsGroup(document, parent);
  const tree = groupTree(document);
  const { name } = document.nodes[indexOf(document.nodes, node, 'node')]!;
  if (parent === node || tree.around(parent).includes(node)) {
    throw new StudioError({
      code: 'edit-group-loop',
      message: `${name} cannot lie in itself.`,
      fix: 'Choose a group outside of it.',
    });
  }
  const own = tree.around(node).length;
  const deepest = Math.max(own, ...tree.inside(node).map(({ id }) => tree.around(id).length));
  if (tree.around(parent).length + 1 + (deepest - own) > MAX_GROUP_DEPTH) {
    throw new StudioError({
      code: 'edit-group-depth',
      message: `Groups lie in one another at most ${MAX_GROUP_DEPTH} deep; ${name} would lie deeper.`,
      fix: 'Ungroup one of the groups around it.',
    });
  }
}

/** Puts a node into a group, or takes it out of all. */
export function setParent(document: GraphDocument, edit: Extract<Edit, { kind: 'set-parent' }>): Edited {
  if (edit.parent !== null) checkParent(document, edit.node, edit.parent);
  let previous: string | undefined;
  const changed = replaceNode(document, edit.node, ({ parent, ...node }) => {
    previous = parent;
    return edit.parent === null ? node : { ...node, parent: edit.parent };
  });
  return { document: changed, inverse: { ...edit, parent: previous ?? null } };
}

/** Draws a group or block as a frame with what is inside it, or as one card. */
export function setOpen(document: GraphDocument, edit: Extract<Edit, { kind: 'set-open' }>): Edited {
  let previous = false;
  const changed = replaceNode(document, edit.node, ({ open, ...node }) => {
    previous = open ?? false;
    return edit.open ? { ...node, open: true } : node;
  });
  return { document: changed, inverse: { ...edit, open: previous } };
}
