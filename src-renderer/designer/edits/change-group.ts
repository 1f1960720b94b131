import type { GraphDocument, GraphNode } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { groupTree, isGroup, outermost } from '@shared/graph/groups';
import { nodesInWords } from '@shared/graph/nodes-in-words';
import { failed, ok, StudioError, type Result } from '@shared/problem';

/** The removal of groups that others have left empty, the inner ones first. `groups` may have become so. */
function removals(document: GraphDocument, groups: readonly string[]): Edit[] {
  const edits: Edit[] = [];
  let current = document;
  const open = [...groups];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const tree = groupTree(current);
    const isThere = current.nodes.some((node) => node.id === id);
    if (!isThere || tree.children(id).length > 0) continue;
    const around = tree.groupOf(id);
    const edit: Edit = { kind: 'remove-node', node: id };
    current = applyEdit(current, edit).document;
    edits.push(edit);
    if (around !== null) open.push(around);
  }
  return edits;
}

/** The single step that brings nodes under another parent; groups that they leave empty go with them. */
function step(
  document: GraphDocument,
  nodes: readonly GraphNode[],
  parentOf: (node: GraphNode) => string | null,
  label: string,
): Result<Edit> {
  const moves = nodes.map((node): Edit => ({ kind: 'set-parent', node: node.id, parent: parentOf(node) }));
  const left = nodes.flatMap(({ parent }) => parent ?? []);
  try {
    const { document: after } = applyEdit(document, { kind: 'batch', label, edits: moves });
    return ok({ kind: 'batch', label, edits: [...moves, ...removals(after, left)] });
  } catch (error) {
    if (error instanceof StudioError) return failed(error.problem);
    throw error;
  }
}

/** The single step that takes chosen nodes out of the group around each, into the one around that. */
export function takeOut(document: GraphDocument, ids: readonly string[]): Result<Edit> {
  const tree = groupTree(document);
  const nodes = outermost(document, ids).filter(({ id }) => tree.groupOf(id) !== null);
  if (nodes.length === 0) {
    return failed({ code: 'take-out-nothing', message: 'Nothing that is selected lies in a group.' });
  }
  const groups = [...new Set(nodes.map(({ id }) => tree.groupOf(id)!))];
  const label = `Take ${nodesInWords(
    document,
    nodes.map(({ id }) => id),
  )} out of ${nodesInWords(document, groups)}`;
  return step(document, nodes, ({ id }) => tree.groupOf(tree.groupOf(id)!), label);
}

/** The single step that puts chosen nodes into the one group that is chosen with them. */
export function putIn(document: GraphDocument, ids: readonly string[]): Result<Edit> {
  const chosen = outermost(document, ids);
  const [group, ...others] = chosen.filter(isGroup);
  const nodes = chosen.filter((node) => node !== group);
  if (!group || others.length > 0 || nodes.length === 0) {
    return failed({ code: 'put-in-nothing', message: 'Select one group, and what is to go into it.' });
  }
  const label = `Put ${nodesInWords(
    document,
    nodes.map(({ id }) => id),
  )} into ${group.name}`;
  return step(document, nodes, () => group.id, label);
}
