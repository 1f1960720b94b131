import { counted } from '../words/format-count';
import type { GraphDocument } from './document';
import { isGroup, outermost } from './groups';

/**
 * Nodes of a design as people speak of them, for the name of a step: one by its name, several by their number, and groups as a whole.
 * "MCconv 2", "4 layers", "3 layers and 1 group".
 */
export function nodesInWords(document: GraphDocument, ids: Iterable<string>): string {
  const nodes = outermost(document, ids);
  if (nodes.length === 1) return nodes[0]!.name;
  const groups = nodes.filter(isGroup).length;
  const layers = nodes.length - groups;
  if (groups === 0) return counted(layers, 'layer');
  return layers === 0
    ? counted(groups, 'group')
    : `${counted(layers, 'layer')} and ${counted(groups, 'group')}`;
}
