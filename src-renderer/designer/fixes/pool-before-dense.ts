import type { GraphDocument, GraphNode } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { removeAndReconnect } from '../edits/remove-and-reconnect';
import { insertBefore } from './insert-before';

/** Layers that only serve a hidden dense layer and go with it. */
const SERVANTS: ReadonlySet<string> = new Set(['relu', 'dropout']);

/** The only node behind `id`, or null. */
function only(document: GraphDocument, id: string, direction: 'before' | 'behind'): GraphNode | null {
  const edges = document.edges.filter((edge) => (direction === 'behind' ? edge.from : edge.to) === id);
  if (edges.length !== 1) return null;
  const other = direction === 'behind' ? edges[0]!.to : edges[0]!.from;
  return document.nodes.find((node) => node.id === other) ?? null;
}

/** A hidden dense layer with what serves it, up to the dense layer that gives the classes; empty when it is not hidden. */
function hiddenPart(document: GraphDocument, dense: GraphNode): string[] {
  const part = [dense.id];
  let next = only(document, dense.id, 'behind');
  while (next && SERVANTS.has(next.type)) {
    part.push(next.id);
    next = only(document, next.id, 'behind');
  }
  return next?.type === 'dense' ? part : [];
}

/**
 * Puts a global average pool in the place of the Flatten in front of a dense layer, and takes out that dense layer when another one
 * behind it gives the classes (as in mcn-mnist-tiny). One step; null when the design is not built like that.
 */
export function poolBeforeDense(document: GraphDocument, denseId: string): Edit | null {
  const dense = document.nodes.find((node) => node.id === denseId);
  const flatten = dense?.type === 'dense' ? only(document, dense.id, 'before') : null;
  if (!dense || flatten?.type !== 'flatten' || only(document, flatten.id, 'behind') !== dense) return null;
  const pooled = insertBefore(document, 'globalavgpool', flatten.id);
  if (!pooled) return null;
  const between = applyEdit(document, pooled).document;
  const removal = removeAndReconnect(between, [flatten.id, ...hiddenPart(document, dense)]);
  return { kind: 'batch', label: 'Use global average pooling', edits: [pooled, removal] };
}
