import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphDocument, GraphEdge } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { freeEdgeId } from './new-node';

/** The connection that a new one into a port takes the place of: the one there, when the port takes one only. */
export function replacedEdge(document: GraphDocument, to: string, port: string): GraphEdge | null {
  const node = document.nodes.find(({ id }) => id === to);
  const many = node && nodeKind(node.type)?.inputs.find(({ name }) => name === port)?.many;
  if (many) return null;
  return document.edges.find((edge) => edge.to === to && edge.port === port) ?? null;
}

/** Where the new connection goes among those that stay: where the one was that it stands for. */
function placeAmong(document: GraphDocument, stoodFor: GraphEdge, gone: readonly GraphEdge[]): number {
  const place = document.edges.indexOf(stoodFor);
  return place - gone.filter((edge) => document.edges.indexOf(edge) < place).length;
}

/**
 * The single step that connects an output to an input; a connection that the input cannot keep beside it goes. With `moved` that
 * connection is plugged in anew: it goes, and among the inputs of a merge the new one has its place. null: it is plugged in there already.
 */
export function connect(
  document: GraphDocument,
  wanted: Omit<GraphEdge, 'id'>,
  moved: GraphEdge | null = null,
): Edit | null {
  const { from, to, port } = wanted;
  if (moved && moved.from === from && moved.to === to && moved.port === port) return null;
  const name = (id: string): string => document.nodes.find((node) => node.id === id)!.name;
  const replaced = replacedEdge(document, to, port);
  const gone = [...new Set([moved, replaced])].filter((edge) => edge !== null);
  const stoodFor = replaced ?? (moved?.to === to ? moved : null);
  const edge: GraphEdge = { id: freeEdgeId(document, from, to), ...wanted };
  const index = stoodFor ? { index: placeAmong(document, stoodFor, gone) } : {};
  return {
    kind: 'batch',
    label: `Connect ${name(from)} to ${name(to)}`,
    edits: [
      ...gone.map((old): Edit => ({ kind: 'disconnect', edge: old.id })),
      { kind: 'connect', edge, ...index },
    ],
  };
}
