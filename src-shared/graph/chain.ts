import type { FieldValue } from '../fields/field';
import { DOCUMENT_VERSION, type GraphDocument, type GraphNode } from './document';

/** A node of a chain: id, type, name, fields that differ from the defaults. */
export type ChainLink = readonly [
  id: string,
  type: string,
  name: string,
  fields?: Readonly<Record<string, FieldValue>>,
];

/** A document whose nodes follow one another. */
export function chain(links: readonly ChainLink[]): GraphDocument {
  const nodes = links.map(([id, type, name, fields = {}]): GraphNode => ({ id, type, name, fields }));
  const edges = nodes.slice(1).map((node, index) => {
    const from = nodes[index]!.id;
    return { id: `${from}-${node.id}`, from, to: node.id, port: 'in' };
  });
  return { version: DOCUMENT_VERSION, nodes, edges };
}
