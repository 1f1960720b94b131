import type { GraphDocument, GraphEdge, GraphNode } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import type { Shape } from '@shared/ops/shape';
import type { Fix } from '../../stores/fixes';

/** The design that a problem was found in. */
export interface FixContext {
  document: GraphDocument;
  /** Output shape by node, as far as it is known. */
  shapes: ReadonlyMap<string, Shape>;
  /** K of Input. */
  planes: number;
}

/** The obvious ways out of a problem at a node, the best one first; none where a person has to decide. */
export type FixFinder = (node: GraphNode, context: FixContext) => Fix[];

/** One step under the words of its button. */
export function oneStep(label: string, edits: readonly Edit[]): Fix {
  return { label, edit: edits.length === 1 ? edits[0]! : { kind: 'batch', label, edits } };
}

/** The connections that arrive at a node, in the order of merging. */
export function arriving({ document }: FixContext, node: string): GraphEdge[] {
  return document.edges.filter((edge) => edge.to === node);
}

/** A node by its id. */
export function nodeOf({ document }: FixContext, id: string): GraphNode | undefined {
  return document.nodes.find((node) => node.id === id);
}

/** Connections by one of their ends, in document order. */
export function edgesBy(
  edges: readonly GraphEdge[],
  key: (edge: GraphEdge) => string,
): Map<string, GraphEdge[]> {
  const groups = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const group = groups.get(key(edge));
    if (group) group.push(edge);
    else groups.set(key(edge), [edge]);
  }
  return groups;
}
