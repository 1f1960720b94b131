import type { GraphDocument } from './document';
import type { Edit } from './edit';
import { groupTree, isGroup, type GroupTree } from './groups';
import { nodesInWords } from './nodes-in-words';

/** Groups in which nothing but other groups would be left. */
function emptied(document: GraphDocument, tree: GroupTree, gone: ReadonlySet<string>): string[] {
  return document.nodes.flatMap((node) => {
    const layers = isGroup(node) ? tree.inside(node.id).filter((inner) => !isGroup(inner)) : [];
    return layers.length > 0 && layers.every(({ id }) => gone.has(id)) ? [node.id] : [];
  });
}

/** The nodes that go when some are removed: with a group everything inside it, and with the last layer of a group the group. */
export function removedNodes(document: GraphDocument, ids: readonly string[]): Set<string> {
  const tree = groupTree(document);
  const gone = new Set(ids.flatMap((id) => [id, ...tree.inside(id).map((node) => node.id)]));
  return new Set([...gone, ...emptied(document, tree, gone)]);
}

/** The single step that removes nodes together with every connection they have, and with groups all that is inside. */
export function removeNodes(document: GraphDocument, ids: readonly string[]): Edit {
  const tree = groupTree(document);
  const gone = removedNodes(document, ids);
  const edges = document.edges.filter((edge) => gone.has(edge.from) || gone.has(edge.to));
  // A group goes behind what is inside it.
  const innermostFirst = [...gone].sort((a, b) => tree.around(b).length - tree.around(a).length);
  return {
    kind: 'batch',
    label: `Remove ${nodesInWords(document, ids)}`,
    edits: [
      ...edges.map((edge): Edit => ({ kind: 'disconnect', edge: edge.id })),
      ...innermostFirst.map((node): Edit => ({ kind: 'remove-node', node })),
    ],
  };
}
