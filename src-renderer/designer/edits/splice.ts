import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphDocument, GraphEdge, GraphNode } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { freeEdgeId } from './new-node';

/** The edits that lead a connection through a node of the design. What arrived keeps its port and its place in the order of merging. */
export function putInto(document: GraphDocument, edge: GraphEdge, node: GraphNode): Edit[] {
  const into: GraphEdge = {
    id: freeEdgeId(document, edge.from, node.id),
    from: edge.from,
    to: node.id,
    port: nodeKind(node.type)!.inputs[0]!.name,
  };
  const onward: GraphEdge = {
    id: freeEdgeId(document, node.id, edge.to, [into.id]),
    from: node.id,
    to: edge.to,
    port: edge.port,
  };
  const place = document.edges.indexOf(edge);
  return [
    { kind: 'disconnect', edge: edge.id },
    { kind: 'connect', edge: onward, index: place },
    { kind: 'connect', edge: into, index: place },
  ];
}

/** The edits that add a node, at `index` of the nodes, and lead a connection through it. The node's type has an input. */
export function spliceInto(document: GraphDocument, edge: GraphEdge, node: GraphNode, index: number): Edit[] {
  return [{ kind: 'add-node', node, index }, ...putInto(document, edge, node)];
}
