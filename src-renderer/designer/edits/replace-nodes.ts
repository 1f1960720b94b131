import { nodeKind, nodeKinds } from '@shared/blocks/node-kinds';
import type { GraphDocument, GraphEdge, GraphNode } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { isGroup } from '@shared/graph/groups';
import { nodesInWords } from '@shared/graph/nodes-in-words';
import { inheritedPlanes } from '@shared/network/lower';
import { carriedFields } from './carried-fields';
import { freeEdgeId, newNode } from './new-node';

/** The single step that replaces nodes, and the ids of those that stand there now, in the order of the given ones. */
export interface Replacement {
  edit: Edit;
  nodes: string[];
}

/**
 * The types that nodes could be replaced by, one and the same for all, without losing a connection or staying as they are. Groups cannot
 * be replaced: what is inside them would go.
 */
export function replacementTypes(document: GraphDocument, ids: readonly string[]): ReadonlySet<string> {
  const chosen = new Set(ids);
  const nodes = document.nodes.filter(({ id }) => chosen.has(id));
  if (nodes.some(isGroup)) return new Set();
  const arriving = new Map<string, number>();
  for (const { to } of document.edges) arriving.set(to, (arriving.get(to) ?? 0) + 1);
  const most = Math.max(0, ...nodes.map(({ id }) => arriving.get(id) ?? 0));
  const areRead = document.edges.some(({ from }) => chosen.has(from));
  const types = nodeKinds.filter(({ type, inputs }) => {
    const room = inputs.some(({ many }) => many) ? Infinity : inputs.length;
    return most <= room && !(areRead && type === 'output') && nodes.some((node) => node.type !== type);
  });
  return new Set(types.map(({ type }) => type));
}

/** A name that a person chose stays; one that only said the type, with a number or without, follows the type. */
function nameAfter(old: GraphNode, fresh: GraphNode): string {
  const label = nodeKind(old.type)?.label ?? old.type;
  const rest = old.name.startsWith(label) ? old.name.slice(label.length) : null;
  return rest !== null && /^( \d+)?$/.test(rest) ? fresh.name : old.name;
}

/** Connections as they were, at other inputs where the new node's are others. */
function reconnected(edge: GraphEdge, replaced: ReadonlyMap<string, GraphNode>, nth: number): GraphEdge {
  const from = replaced.get(edge.from)?.id ?? edge.from;
  const target = replaced.get(edge.to);
  if (!target) return { ...edge, from };
  const { inputs } = nodeKind(target.type)!;
  return { ...edge, from, to: target.id, port: (inputs[nth] ?? inputs[0]!).name };
}

/** What a node becomes. */
function successor(document: GraphDocument, old: GraphNode, type: string, planes: number): GraphNode {
  const fresh = newNode(document, type);
  const { position, parent } = old;
  return {
    ...fresh,
    name: nameAfter(old, fresh),
    fields: carriedFields(old, type, planes),
    ...(position && { position }),
    ...(parent !== undefined && { parent }),
  };
}

/** Edits that follow one another, and the document after those so far. */
class Steps {
  readonly edits: Edit[] = [];

  constructor(public document: GraphDocument) {}

  add(edit: Edit): void {
    this.edits.push(edit);
    this.document = applyEdit(this.document, edit).document;
  }
}

/**
 * Replaces nodes by new ones of a type: place, group, connections, their order, and what both types can say in their fields stay. Those
 * that are of the type already stay as they are. `type` is one of `replacementTypes`.
 */
export function replaceNodes(document: GraphDocument, ids: readonly string[], type: string): Replacement {
  const chosen = new Set(ids);
  const going = document.nodes.filter((node) => chosen.has(node.id) && node.type !== type);
  const gone = new Set(going.map(({ id }) => id));
  const planes = inheritedPlanes(document);
  const touched = document.edges.flatMap((edge, index) =>
    gone.has(edge.from) || gone.has(edge.to) ? [{ edge, index }] : [],
  );
  const steps = new Steps(document);
  for (const { edge } of touched) steps.add({ kind: 'disconnect', edge: edge.id });
  const replaced = new Map<string, GraphNode>();
  for (const old of going) {
    const index = steps.document.nodes.findIndex(({ id }) => id === old.id);
    const node = successor(steps.document, old, type, planes);
    steps.add({ kind: 'remove-node', node: old.id });
    steps.add({ kind: 'add-node', node, index });
    replaced.set(old.id, node);
  }
  const filled = new Map<string, number>();
  for (const { edge, index } of touched) {
    const nth = filled.get(edge.to) ?? 0;
    filled.set(edge.to, nth + 1);
    const wanted = reconnected(edge, replaced, nth);
    const id = freeEdgeId(steps.document, wanted.from, wanted.to);
    steps.add({ kind: 'connect', edge: { ...wanted, id }, index });
  }
  const words = nodesInWords(document, gone);
  return {
    edit: { kind: 'batch', label: `Replace ${words} by ${nodeKind(type)!.label}`, edits: steps.edits },
    nodes: ids.map((id) => replaced.get(id)?.id ?? id),
  };
}
