import { StudioError } from '../problem';
import type { GraphDocument, GraphNode } from './document';

/** What is thrown when an edit does not fit a document. */
export function impossible(code: string, message: string): StudioError {
  return new StudioError({ code, message, fix: 'Reload the design and try again.' });
}

/** The place of an item. @throws StudioError edit-missing */
export function indexOf(items: readonly { id: string }[], id: string, what: string): number {
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) throw impossible('edit-missing', `There is no ${what} "${id}" in this design.`);
  return index;
}

/** The document with one node changed, in its place. @throws StudioError edit-missing */
export function replaceNode(
  document: GraphDocument,
  id: string,
  change: (node: GraphNode) => GraphNode,
): GraphDocument {
  const index = indexOf(document.nodes, id, 'node');
  return { ...document, nodes: document.nodes.with(index, change(document.nodes[index]!)) };
}
