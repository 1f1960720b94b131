import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphDocument, GraphEdge, GraphNode, Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { flowOf, type Flow } from '@shared/graph/flow';
import { crossings, groupTree, isGroup } from '@shared/graph/groups';
import { CARD_HEIGHT, CARD_WIDTH } from '../layout/card-size';
import { SPACINGS } from '../layout/flow';
import { freePlace } from '../layout/free-place';
import { freeEdgeId, newNode } from './new-node';
import { pins } from './pins';
import { spliceInto } from './splice';

/** An edit that adds a node, and the id the node will have. */
export interface Insertion {
  edit: Edit;
  node: string;
}

/** Where a new node goes: into a connection, behind a node that leads nowhere yet, or beside everything. */
type Opening = { into: GraphEdge } | { behind: GraphNode } | null;

function openingBehind(document: GraphDocument, type: string, source: GraphNode): Opening {
  const port = nodeKind(type)!.inputs[0];
  if (!port || port.many || source.type === 'output') return null;
  const outgoing = document.edges.filter((edge) => edge.from === source.id);
  if (outgoing.length === 0) return { behind: source };
  return outgoing.length === 1 && type !== 'output' ? { into: outgoing[0]! } : null;
}

/** A free place behind a card, or near that. */
function placeBehind(
  node: GraphNode,
  flow: Flow,
  places: ReadonlyMap<string, Position>,
): Position | undefined {
  const place = places.get(node.id);
  if (!place) return undefined;
  const { x, y } = place;
  const gap = SPACINGS[flow].follow;
  const wanted = flow === 'down' ? { x, y: y + CARD_HEIGHT + gap } : { x: x + CARD_WIDTH + gap, y };
  return freePlace(wanted, [...places.values()]);
}

/** The node that stands for the output of a selected one: itself, or of a group the one node inside that is read outside. */
function outletOf(document: GraphDocument, selected: GraphNode | undefined): GraphNode | undefined {
  if (!selected || !isGroup(selected)) return selected;
  const inside = new Set(
    groupTree(document)
      .inside(selected.id)
      .map(({ id }) => id),
  );
  const { exits } = crossings(document, inside);
  return exits.length === 1 ? document.nodes.find(({ id }) => id === exits[0]) : undefined;
}

/**
 * Adds a node of a type as one step. Behind a selected node (`after`) that leads to one other or to none, it is put into that connection,
 * which keeps its port and its place in the order of merging; otherwise it stands unconnected beside the selection, and all other cards stay
 * where they are seen: the layout would go on to place them around one that it does not place.
 * It lies in the group that the selected one lies in. `places` are the corners of all cards.
 */
export function insertNode(
  document: GraphDocument,
  type: string,
  after: string | null,
  places: ReadonlyMap<string, Position>,
): Insertion {
  const selected = document.nodes.find((node) => node.id === after);
  const source = outletOf(document, selected);
  const opening = source ? openingBehind(document, type, source) : null;
  const beside =
    selected && (!opening || selected.position) ? placeBehind(selected, flowOf(document), places) : undefined;
  const node = {
    ...newNode(document, type, beside),
    ...(selected?.parent !== undefined && { parent: selected.parent }),
  };
  const index = source ? document.nodes.indexOf(source) + 1 : document.nodes.length;
  const edits: Edit[] = beside && !opening ? pins(document, places) : [];
  if (opening && 'into' in opening) edits.push(...spliceInto(document, opening.into, node, index));
  else edits.push({ kind: 'add-node', node, index });
  if (opening && 'behind' in opening) {
    const from = opening.behind.id;
    const port = nodeKind(type)!.inputs[0]!.name;
    const id = freeEdgeId(document, from, node.id);
    edits.push({ kind: 'connect', edge: { id, from, to: node.id, port } });
  }
  return { edit: { kind: 'batch', label: `Add ${node.name}`, edits }, node: node.id };
}
