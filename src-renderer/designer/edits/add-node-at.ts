import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphDocument, Position } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { portsOfType, type PortEnd } from '../connect/port';
import { connect } from './connect';
import type { Insertion } from './insert-node';
import { onGrid } from './move-nodes';
import { newNode } from './new-node';
import { pins } from './pins';

/** Whether a connection that begins at an end can lead to a new node of a type. */
export function takesEnd(type: string, from: PortEnd): boolean {
  return portsOfType(type).some((port) => (port === null) !== (from.port === null));
}

/**
 * Adds a node of a type with its card's top left corner at a place, as one step. With `from` it is connected to that end: to an output by
 * its first input, to an input by its output, where a connection that the input cannot keep goes. Then all other cards stay at `places`,
 * where they are seen: the layout would draw the changed design anew around the hand that has just put a card down.
 */
export function addNodeAt(
  document: GraphDocument,
  type: string,
  corner: Position,
  from: PortEnd | null,
  places: ReadonlyMap<string, Position>,
): Insertion {
  const node = newNode(document, type, onGrid(corner));
  const addition: Edit = { kind: 'add-node', node };
  const edits: Edit[] = [addition];
  if (from && takesEnd(type, from)) {
    const wanted =
      from.port === null
        ? { from: from.node, to: node.id, port: nodeKind(type)!.inputs[0]!.name }
        : { from: node.id, to: from.node, port: from.port };
    edits.push(...pins(document, places));
    edits.push(connect(applyEdit(document, addition).document, wanted)!);
  }
  return { edit: { kind: 'batch', label: `Add ${node.name}`, edits }, node: node.id };
}
