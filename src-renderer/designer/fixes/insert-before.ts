import type { GraphDocument } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { newNode } from '../edits/new-node';
import { spliceInto } from '../edits/splice';

/** Puts a new node of a type into the one connection that arrives at a node; null when several or none arrive. */
export function insertBefore(document: GraphDocument, type: string, target: string): Edit | null {
  const arriving = document.edges.filter((edge) => edge.to === target);
  if (arriving.length !== 1) return null;
  const node = newNode(document, type);
  const index = document.nodes.findIndex((other) => other.id === target);
  return {
    kind: 'batch',
    label: `Add ${node.name}`,
    edits: spliceInto(document, arriving[0]!, node, index),
  };
}
