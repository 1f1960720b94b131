import { integer } from '../fields/field';
import type { GraphDocument, GraphNode } from './document';

/** The node type of a frame around other nodes. It has no ports: connections join the nodes inside. */
export const GROUP_TYPE = 'group';

/** How deep groups may lie in one another. */
export const MAX_GROUP_DEPTH = 8;

/** Fields of a group. */
export const groupFields = {
  repeat: integer({
    label: 'Repeat',
    symbol: 'n',
    help: 'How many times what is inside follows itself. Each copy reads the one before it and has weights of its own.',
    group: 'Group',
    min: 1,
    max: 64,
    default: 1,
  }),
};

/** Whether a node is a group. */
export function isGroup(node: GraphNode): boolean {
  return node.type === GROUP_TYPE;
}

/** The nodes that compute something: all but the groups around them. */
export function layersOf(document: GraphDocument): GraphNode[] {
  return document.nodes.filter((node) => !isGroup(node));
}

/** How the groups of a document lie in one another, as far as that makes sense. */
export interface GroupTree {
  /** The innermost group around a node; null at the top. */
  groupOf(id: string): string | null;
  /** All groups around a node, the innermost first. */
  around(id: string): readonly string[];
  /** What lies directly in a group, or at the top (null), in document order. */
  children(group: string | null): readonly GraphNode[];
  /** Everything in a group, groups included, in document order. */
  inside(group: string): readonly GraphNode[];
}

/** The groups around a node as its parents tell, the innermost first, up to the first that is no group; ends where it comes round. */
function tellGroups(id: string, nodes: ReadonlyMap<string, GraphNode>): string[] {
  const told: string[] = [];
  let parent = nodes.get(id)?.parent;
  while (parent !== undefined && !told.includes(parent)) {
    const group = nodes.get(parent);
    if (!group || !isGroup(group)) break;
    told.push(parent);
    parent = group.parent;
  }
  return told;
}

/** Trees that were worked out: nobody changes a document in place, and every edit asks for its tree several times. */
const trees = new WeakMap<GraphDocument, GroupTree>();

/**
 * The groups of any document, also of one that no edit can make. A parent that does not exist, is no group, lies in a circle, or lies
 * deeper than MAX_GROUP_DEPTH is none; group-problems.ts tells people so. Of nodes with the same id only the first counts.
 */
export function groupTree(document: GraphDocument): GroupTree {
  const known = trees.get(document) ?? readTree(document);
  trees.set(document, known);
  return known;
}

function readTree(document: GraphDocument): GroupTree {
  const nodes = new Map<string, GraphNode>();
  for (const node of document.nodes) if (!nodes.has(node.id)) nodes.set(node.id, node);
  const parents = new Map<string, string | null>();
  for (const id of nodes.keys()) {
    const told = tellGroups(id, nodes);
    const sound = told.length > 0 && told.length <= MAX_GROUP_DEPTH && !told.includes(id);
    parents.set(id, sound ? told[0]! : null);
  }
  const around = new Map<string, string[]>();
  const children = new Map<string | null, GraphNode[]>();
  const inside = new Map<string, GraphNode[]>();
  const append = <K>(lists: Map<K, GraphNode[]>, key: K, node: GraphNode): void => {
    const list = lists.get(key);
    if (list) list.push(node);
    else lists.set(key, [node]);
  };
  for (const [id, node] of nodes) {
    const groups: string[] = [];
    for (let group = parents.get(id) ?? null; group !== null; group = parents.get(group) ?? null) {
      groups.push(group);
      append(inside, group, node);
    }
    around.set(id, groups);
    append(children, groups[0] ?? null, node);
  }
  return {
    groupOf: (id) => parents.get(id) ?? null,
    around: (id) => around.get(id) ?? [],
    children: (group) => children.get(group) ?? [],
    inside: (group) => inside.get(group) ?? [],
  };
}

/** Which nodes of a group are joined to the rest of the design: those outside that lead in, and those inside that are read outside. */
export interface Crossings {
  sources: readonly string[];
  exits: readonly string[];
}

/** Those of some nodes that lie in no other of them, in document order. */
export function outermost(document: GraphDocument, ids: Iterable<string>): GraphNode[] {
  const tree = groupTree(document);
  const chosen = new Set(ids);
  return document.nodes.filter(
    ({ id }) => chosen.has(id) && !tree.around(id).some((group) => chosen.has(group)),
  );
}

/** The crossings of a set of nodes, each node once, in the order of the connections. */
export function crossings(document: GraphDocument, inside: ReadonlySet<string>): Crossings {
  const entering = document.edges.filter(({ from, to }) => inside.has(to) && !inside.has(from));
  const leaving = document.edges.filter(({ from, to }) => inside.has(from) && !inside.has(to));
  return {
    sources: [...new Set(entering.map(({ from }) => from))],
    exits: [...new Set(leaving.map(({ from }) => from))],
  };
}
