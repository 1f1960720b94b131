import { checkValues } from '../fields/check-value';
import type { GraphDocument, GraphNode } from '../graph/document';
import {
  crossings,
  groupFields,
  isGroup,
  layersOf,
  MAX_GROUP_DEPTH,
  type Crossings,
  type GroupTree,
} from '../graph/groups';
import type { Problem } from '../problem';

/** What is wrong with the parent that a node names; null when the tree took it, or when there is none. */
function parentProblem(
  node: GraphNode,
  nodes: ReadonlyMap<string, GraphNode>,
  tree: GroupTree,
): Problem | null {
  if (node.parent === undefined || tree.groupOf(node.id) !== null) return null;
  const parent = nodes.get(node.parent);
  const told = !parent
    ? {
        code: 'parent-unknown',
        message: `${node.name} lies in a group "${node.parent}" that does not exist.`,
      }
    : !isGroup(parent)
      ? { code: 'parent-no-group', message: `${node.name} lies in ${parent.name}, which is no group.` }
      : {
          code: 'group-nesting',
          message: `${node.name} lies in itself, or more than ${MAX_GROUP_DEPTH} groups deep.`,
        };
  return { ...told, fix: 'Take it out of that group.', node: node.id };
}

/** Groups that hold nothing, or that nothing is known of. */
function groupProblems(group: GraphNode, tree: GroupTree): Problem[] {
  const { problems } = checkValues(groupFields, group.fields);
  const own = problems.map((problem): Problem => {
    return { ...problem, message: `${group.name}: ${problem.message}`, node: group.id };
  });
  if (tree.inside(group.id).some((node) => !isGroup(node))) return own;
  const message = `${group.name} is empty.`;
  return [...own, { code: 'group-empty', message, fix: 'Remove it.', node: group.id, severity: 'warning' }];
}

/** What is wrong with the groups of a document by themselves, whether they repeat or not. */
export function nestingProblems(document: GraphDocument, tree: GroupTree): Problem[] {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  return document.nodes.flatMap((node) => {
    const misplaced = parentProblem(node, nodes, tree);
    return [...(misplaced ? [misplaced] : []), ...(isGroup(node) ? groupProblems(node, tree) : [])];
  });
}

/** How often a group asks to be repeated; 1 when what it says does not fit. */
export function repeatsOf(group: GraphNode): number {
  return checkValues(groupFields, group.fields).values.repeat;
}

function list(ids: readonly string[], nodes: readonly GraphNode[]): string {
  const names = ids.map((id) => nodes.find((node) => node.id === id)!.name);
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}` : names.join('');
}

function crossingProblem(
  { sources, exits }: Crossings,
  nodes: readonly GraphNode[],
): { code: string; why: string; fix: string } | null {
  if (sources.length === 0) {
    return { code: 'group-no-input', why: 'nothing leads into it', fix: 'Connect a layer to it' };
  }
  if (sources.length > 1) {
    const why = `reads ${list(sources, nodes)}, while a copy can only read the copy before it`;
    return { code: 'group-many-inputs', why, fix: 'Let one layer lead into it' };
  }
  if (exits.length === 0) {
    return {
      code: 'group-no-output',
      why: 'leads to nothing',
      fix: 'Connect its last layer to what follows',
    };
  }
  if (exits.length === 1) return null;
  const why = `is read at ${list(exits, nodes)}, while a copy gives one thing to the next`;
  return { code: 'group-many-outputs', why, fix: 'Let one layer lead out of it' };
}

/**
 * Why a group cannot follow itself n times, or null when it can: one node outside leads into it, one node inside is read outside, and
 * the ends of the design, of which there is one each, lie elsewhere. An empty group can.
 */
export function repeatProblem(
  document: GraphDocument,
  group: GraphNode,
  repeats: number,
  tree: GroupTree,
): Problem | null {
  const inside = tree.inside(group.id).filter((node) => !isGroup(node));
  if (inside.length === 0) return null;
  const start = `${group.name} repeats ${repeats} times`;
  const or = `, or set ${groupFields.repeat.label} to 1.`;
  const end = inside.find(({ type }) => type === 'input' || type === 'output');
  if (end) {
    const message = `${start}, but holds ${end.name}, of which a design has one.`;
    return { code: 'group-holds-end', message, fix: `Take it out of the group${or}`, node: group.id };
  }
  const layers = layersOf(document);
  const known = new Set(layers.map(({ id }) => id));
  const edges = document.edges.filter(({ from, to }) => known.has(from) && known.has(to));
  const found = crossings({ ...document, edges }, new Set(inside.map(({ id }) => id)));
  const problem = crossingProblem(found, layers);
  if (!problem) return null;
  const message = `${start}, but ${problem.why}.`;
  return { code: problem.code, message, fix: `${problem.fix}${or}`, node: group.id };
}
