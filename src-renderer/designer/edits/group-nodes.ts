import type { GraphDocument, GraphNode } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import {
  GROUP_TYPE,
  groupTree,
  isGroup,
  MAX_GROUP_DEPTH,
  outermost,
  type GroupTree,
} from '@shared/graph/groups';
import { nodesInWords } from '@shared/graph/nodes-in-words';
import { failed, ok, type Problem, type Result } from '@shared/problem';
import { newNode } from './new-node';

/** A step that makes a group, and the id the group will have. */
export interface Grouping {
  edit: Edit;
  group: string;
}

/** The innermost group that all of some nodes lie in; null: the top. */
function commonGroup(ids: readonly string[], tree: GroupTree): string | null {
  const [first = [], ...others] = ids.map((id) => tree.around(id));
  return first.find((group) => others.every((around) => around.includes(group))) ?? null;
}

/** The nodes directly in `container` that are, or hold, the chosen ones; a problem when one of them is chosen in part only. */
function wholeNodes(
  ids: readonly string[],
  container: string | null,
  tree: GroupTree,
): GraphNode[] | Problem {
  const chosen = new Set(ids.flatMap((id) => [id, ...tree.inside(id).map((node) => node.id)]));
  const whole = tree.children(container).filter(({ id }) => {
    return chosen.has(id) || tree.inside(id).some((node) => chosen.has(node.id));
  });
  const part = whole.find(({ id }) => {
    return !chosen.has(id) && tree.inside(id).some((node) => !isGroup(node) && !chosen.has(node.id));
  });
  if (!part) return whole;
  return {
    code: 'group-in-part',
    message: `Only some layers of ${part.name} are selected together with layers outside of it.`,
    fix: `Select all of ${part.name}, or nothing of it.`,
  };
}

/**
 * The single step that puts a frame around nodes: in the innermost group that holds all of them, in the place of the first one, open.
 * Groups are taken as a whole. A problem says why there is no such step: nothing chosen, a group chosen in part, groups too deep.
 */
export function groupNodes(document: GraphDocument, ids: readonly string[]): Result<Grouping> {
  if (ids.length === 0) {
    return failed({
      code: 'group-nothing',
      message: 'No layer is selected.',
      fix: 'Select the layers to group.',
    });
  }
  const tree = groupTree(document);
  const chosen = outermost(document, ids).map(({ id }) => id);
  const container = commonGroup(chosen, tree);
  const members = wholeNodes(chosen, container, tree);
  if (!Array.isArray(members)) return failed(members);
  const depth = Math.max(
    ...members
      .flatMap(({ id }) => [id, ...tree.inside(id).map((node) => node.id)])
      .map((id) => tree.around(id).length),
  );
  if (depth + 1 > MAX_GROUP_DEPTH) {
    const message = `Groups lie in one another at most ${MAX_GROUP_DEPTH} deep.`;
    return failed({ code: 'group-depth', message, fix: 'Ungroup one of the groups first.' });
  }
  const group: GraphNode = {
    ...newNode(document, GROUP_TYPE),
    ...(container !== null && { parent: container }),
    open: true,
  };
  const index = document.nodes.findIndex(({ id }) => id === members[0]!.id);
  const edits: Edit[] = [
    { kind: 'add-node', node: group, index },
    ...members.map(({ id }): Edit => ({ kind: 'set-parent', node: id, parent: group.id })),
  ];
  const label = `Group ${nodesInWords(
    document,
    members.map(({ id }) => id),
  )}`;
  return ok({ edit: { kind: 'batch', label, edits }, group: group.id });
}
