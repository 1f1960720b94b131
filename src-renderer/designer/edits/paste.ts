import type { GraphDocument, GraphEdge, GraphNode, Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { groupTree, isGroup } from '@shared/graph/groups';
import { nodesInWords } from '@shared/graph/nodes-in-words';
import { onGrid } from './move-nodes';
import { firstFreeNumber } from './new-node';

/** Nodes that were put into a design: the step and the ids that they have there. */
export interface Pasted {
  edit: Edit;
  nodes: string[];
  /** The id of each copy by that of what was copied. */
  ids: ReadonlyMap<string, string>;
}

/** Hands out texts that are not taken, and takes them. */
function taker(taken: Iterable<string>, separator: string): (wanted: string) => string {
  const all = new Set(taken);
  /** By text without its number the last number that was handed out: the ones before it are taken, too. */
  const last = new Map<string, number>();
  return (wanted) => {
    const stem = wanted.replace(/[ -]\d+$/, '');
    const number = all.has(wanted) ? firstFreeNumber(stem, separator, all, last.get(stem)) : null;
    const free = number === null ? wanted : `${stem}${separator}${number}`;
    if (number !== null) last.set(stem, number);
    all.add(free);
    return free;
  };
}

/** The nodes in an order in which every group stands before what lies in it. */
function outermostFirst(clip: GraphDocument): GraphNode[] {
  const tree = groupTree(clip);
  const depth = ({ id }: GraphNode): number => tree.around(id).length;
  const groups = clip.nodes.filter(isGroup).sort((a, b) => depth(a) - depth(b));
  return [...groups, ...clip.nodes.filter((node) => !isGroup(node))];
}

/**
 * The single step that puts copied nodes and the connections among them into a design, moved by `by`. They get free ids and names; fields
 * stay. `verb` begins the name of the step. With `inputs` a connection from a layer that was not copied begins at that same layer of the
 * design; otherwise it is left out.
 */
export function paste(
  document: GraphDocument,
  clip: GraphDocument,
  by: Position,
  { verb = 'Paste', inputs = false } = {},
): Pasted {
  const freeId = taker(
    document.nodes.map(({ id }) => id),
    '-',
  );
  const freeName = taker(
    document.nodes.map(({ name }) => name),
    ' ',
  );
  const freeEdge = taker(
    document.edges.map(({ id }) => id),
    '-',
  );
  const ids = new Map<string, string>();
  for (const { id } of clip.nodes) ids.set(id, freeId(id));
  const nodes = outermostFirst(clip).map(({ parent, ...node }): GraphNode => {
    const { position } = node;
    const moved = position && onGrid({ x: position.x + by.x, y: position.y + by.y });
    const around = parent === undefined ? undefined : ids.get(parent);
    return {
      ...node,
      id: ids.get(node.id)!,
      name: freeName(node.name),
      ...(moved && { position: moved }),
      ...(around !== undefined && { parent: around }),
    };
  });
  const edges = clip.edges.flatMap((edge): GraphEdge[] => {
    const from = ids.get(edge.from) ?? (inputs ? edge.from : undefined);
    const to = ids.get(edge.to);
    return from !== undefined && to !== undefined
      ? [{ ...edge, id: freeEdge(`${from}-${to}`), from, to }]
      : [];
  });
  return {
    edit: {
      kind: 'batch',
      label: `${verb} ${nodesInWords(clip, ids.keys())}`,
      edits: [
        ...nodes.map((node): Edit => ({ kind: 'add-node', node })),
        ...edges.map((edge): Edit => ({ kind: 'connect', edge })),
      ],
    },
    nodes: nodes.filter(({ parent }) => parent === undefined).map(({ id }) => id),
    ids,
  };
}
