import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphDocument, GraphNode, Position } from '@shared/graph/document';

/** The first number from `from` up that makes `wanted` with it behind a text of its own. */
export function firstFreeNumber(
  wanted: string,
  separator: string,
  taken: ReadonlySet<string>,
  from = 2,
): number {
  let number = from;
  while (taken.has(`${wanted}${separator}${number}`)) number += 1;
  return number;
}

/** `wanted` with the first number from 2 up behind it that makes it a text of its own. */
export function firstFree(wanted: string, separator: string, taken: ReadonlySet<string>): string {
  return `${wanted}${separator}${firstFreeNumber(wanted, separator, taken)}`;
}

/** `wanted`, or with the first number behind it that no other node has: a second "MCconv 1" becomes "MCconv 2". */
export function freeName(document: GraphDocument, wanted: string): string {
  const taken = new Set(document.nodes.map((node) => node.name));
  return taken.has(wanted) ? firstFree(wanted.replace(/ \d+$/, ''), ' ', taken) : wanted;
}

/** The name of a new node: that of its type, numbered when that is taken, or when somebody began to number. */
function nextName(document: GraphDocument, label: string): string {
  const names = new Set(document.nodes.map((node) => node.name));
  return names.has(`${label} 1`) ? firstFree(label, ' ', names) : freeName(document, label);
}

/** `wanted`, or `wanted` with the first number behind it that no other node has. */
export function freeId(document: GraphDocument, wanted: string): string {
  const taken = new Set(document.nodes.map((node) => node.id));
  return taken.has(wanted) ? firstFree(wanted, '-', taken) : wanted;
}

/** An id for a connection that no other has, nor any of `reserved`. */
export function freeEdgeId(
  document: GraphDocument,
  from: string,
  to: string,
  reserved: readonly string[] = [],
): string {
  const wanted = `${from}-${to}`;
  const taken = new Set([...document.edges.map((edge) => edge.id), ...reserved]);
  return taken.has(wanted) ? firstFree(wanted, '-', taken) : wanted;
}

/** A node of a registered type with default values and a free id and name. Without a position the layout places it. */
export function newNode(document: GraphDocument, type: string, position?: Position): GraphNode {
  const name = nextName(document, nodeKind(type)!.label);
  return { id: freeId(document, type), type, name, fields: {}, ...(position && { position }) };
}
