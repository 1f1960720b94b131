import type { GraphDocument, GraphEdge, GraphNode } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { isGroup } from '@shared/graph/groups';
import type { ResidualUnit } from '@shared/network/residual/residual-unit';
import { freeEdgeId, freeName } from '../edits/new-node';
import { paste } from '../edits/paste';
import type { Draft } from './draft';

/** A name for the copy of a group: what is inside and is named after it is named after the copy. */
function renamed(
  document: GraphDocument,
  members: readonly GraphNode[],
  owner: GraphNode | null,
): GraphNode[] {
  if (!owner || !isGroup(owner)) return [...members];
  const name = freeName(document, owner.name);
  return members.map((node) => {
    if (node.id === owner.id) return { ...node, name };
    const inside = node.name.startsWith(`${owner.name} / `);
    return inside ? { ...node, name: `${name}${node.name.slice(owner.name.length)}` } : node;
  });
}

/** Lets whatever reads a layer outside of some nodes read another layer instead; each connection keeps its port and its place. */
export function redirect(draft: Draft, from: string, to: string, except: ReadonlySet<string>): void {
  for (const edge of draft.document.edges) {
    if (edge.from !== from || except.has(edge.to)) continue;
    const index = draft.document.edges.indexOf(edge);
    draft.apply({ kind: 'disconnect', edge: edge.id });
    draft.apply({ kind: 'connect', edge: { ...edge, from: to }, index });
  }
}

/**
 * Puts a copy of a unit whose input and output have one shape behind `exit`, the layer that is read behind the unit or its last copy.
 * Fields, groups and layers put in by hand are copied, places are left to the layout. The copy lies in the group that the unit lies in.
 * Returns the layer that is read behind the copy.
 */
export function copyUnit(draft: Draft, unit: ResidualUnit, exit: string): string {
  const { document } = draft;
  const ids = new Set(unit.members.map(({ id }) => id));
  const members = document.nodes.filter(({ id }) => ids.has(id));
  const owner = document.nodes.find(({ id }) => id === unit.owner?.id) ?? null;
  const clip: GraphDocument = {
    ...document,
    nodes: renamed(document, members, owner).map(({ id, type, name, fields, parent, open }) => {
      return { id, type, name, fields, ...(parent !== undefined && { parent }), ...(open && { open }) };
    }),
    edges: document.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
  };
  const { edit, ids: copyOf } = paste(document, clip, { x: 0, y: 0 });
  if (edit.kind !== 'batch') throw new Error('What is pasted is a step of several edits');
  const index = draft.document.nodes.findIndex(({ id }) => id === exit) + 1;
  let place = Math.max(index, ...members.map((node) => draft.document.nodes.indexOf(node) + 1));
  const around = new Map(members.map(({ id, parent }) => [copyOf.get(id)!, parent]));
  for (const one of edit.edits) {
    draft.apply(one.kind === 'add-node' ? placed(one, place++, around.get(one.node.id)) : one);
  }
  const last = copyOf.get(unit.exit)!;
  redirect(draft, exit, last, new Set([...copyOf.values(), ...ids]));
  for (const edge of document.edges) {
    if (edge.from !== unit.entry || !ids.has(edge.to)) continue;
    const to = copyOf.get(edge.to)!;
    const into: GraphEdge = { ...edge, id: freeEdgeId(draft.document, exit, to), from: exit, to };
    draft.apply({ kind: 'connect', edge: into, index: placeAmong(draft.document, document, edge, copyOf) });
  }
  return last;
}

function placed(edit: Extract<Edit, { kind: 'add-node' }>, index: number, parent: string | undefined): Edit {
  const { node } = edit;
  return {
    ...edit,
    index,
    node: node.parent === undefined && parent !== undefined ? { ...node, parent } : node,
  };
}

/** Where a connection into a copy stands: before those that the original has behind it, so that the order of merging is the same. */
function placeAmong(
  now: GraphDocument,
  before: GraphDocument,
  edge: GraphEdge,
  copyOf: ReadonlyMap<string, string>,
): number {
  const later = before.edges.slice(before.edges.indexOf(edge) + 1).filter(({ to }) => to === edge.to);
  const first = later.flatMap(({ from, to }) => {
    return now.edges.findIndex((one) => one.from === copyOf.get(from) && one.to === copyOf.get(to));
  });
  const found = first.filter((index) => index >= 0);
  return found.length > 0 ? Math.min(...found) : now.edges.length;
}
