import type { FieldValue } from '../fields/field';
import { StudioError } from '../problem';
import type { GraphDocument, GraphEdge, GraphNode, Position } from './document';
import { checkIsGroup, setOpen, setParent } from './edit-group';
import { impossible, indexOf, replaceNode } from './edit-target';
import { flowOf, type Flow } from './flow';
import { groupTree, isGroup } from './groups';

/** A change of a document. Every edit has an inverse of the same type, so that undo needs nothing else. */
export type Edit =
  /** `value` undefined: back to the default. */
  | { kind: 'set-field'; node: string; field: string; value: FieldValue | undefined }
  | { kind: 'rename'; node: string; name: string }
  /** null: back to the layout. */
  | { kind: 'move'; node: string; position: Position | null }
  | { kind: 'add-node'; node: GraphNode; index?: number }
  /** Only a node without edges, and a group with nothing inside, can go; see remove-nodes.ts for the usual removal. */
  | { kind: 'remove-node'; node: string }
  | { kind: 'connect'; edge: GraphEdge; index?: number }
  | { kind: 'disconnect'; edge: string }
  /** The group around a node; null: none. */
  | { kind: 'set-parent'; node: string; parent: string | null }
  /** Whether a group or block is drawn as a frame with what is inside it. */
  | { kind: 'set-open'; node: string; open: boolean }
  /** Which way the layout runs. */
  | { kind: 'set-flow'; flow: Flow }
  /** Several edits as one step, under a name for the undo list. */
  | { kind: 'batch'; label: string; edits: readonly Edit[] };

export interface Edited {
  document: GraphDocument;
  inverse: Edit;
}

function setField(document: GraphDocument, edit: Extract<Edit, { kind: 'set-field' }>): Edited {
  let previous: FieldValue | undefined;
  const changed = replaceNode(document, edit.node, (node) => {
    const { [edit.field]: old, ...others } = node.fields;
    previous = old;
    return {
      ...node,
      fields: edit.value === undefined ? others : { ...node.fields, [edit.field]: edit.value },
    };
  });
  return { document: changed, inverse: { ...edit, value: previous } };
}

function move(document: GraphDocument, edit: Extract<Edit, { kind: 'move' }>): Edited {
  let previous: Position | undefined;
  const changed = replaceNode(document, edit.node, ({ position, ...node }) => {
    previous = position;
    return edit.position ? { ...node, position: edit.position } : node;
  });
  return { document: changed, inverse: { ...edit, position: previous ?? null } };
}

function rename(document: GraphDocument, edit: Extract<Edit, { kind: 'rename' }>): Edited {
  let previous = '';
  const changed = replaceNode(document, edit.node, (node) => {
    previous = node.name;
    return { ...node, name: edit.name };
  });
  return { document: changed, inverse: { ...edit, name: previous } };
}

function addNode(document: GraphDocument, edit: Extract<Edit, { kind: 'add-node' }>): Edited {
  if (document.nodes.some((node) => node.id === edit.node.id)) {
    throw impossible('edit-duplicate', `A node "${edit.node.id}" is there already.`);
  }
  if (edit.node.parent !== undefined) checkIsGroup(document, edit.node.parent);
  const nodes = document.nodes.toSpliced(edit.index ?? document.nodes.length, 0, edit.node);
  return { document: { ...document, nodes }, inverse: { kind: 'remove-node', node: edit.node.id } };
}

function removeNode(document: GraphDocument, edit: Extract<Edit, { kind: 'remove-node' }>): Edited {
  const index = indexOf(document.nodes, edit.node, 'node');
  if (document.edges.some((edge) => edge.from === edit.node || edge.to === edit.node)) {
    throw impossible('edit-connected', `Node "${document.nodes[index]!.name}" still has connections.`);
  }
  const node = document.nodes[index]!;
  // Asked of groups alone: their tree takes a walk through the whole design, and a batch may remove thousands of layers.
  if (isGroup(node) && groupTree(document).children(edit.node).length > 0) {
    throw impossible('edit-not-empty', `Group "${node.name}" still has nodes inside.`);
  }
  return {
    document: { ...document, nodes: document.nodes.toSpliced(index, 1) },
    inverse: { kind: 'add-node', node, index },
  };
}

function groupConnected({ name }: GraphNode): StudioError {
  const message = `${name} is a group; connections lead to the layers inside it.`;
  return new StudioError({ code: 'edit-group', message, fix: 'Open it and connect a layer.' });
}

function connect(document: GraphDocument, edit: Extract<Edit, { kind: 'connect' }>): Edited {
  for (const id of [edit.edge.from, edit.edge.to]) {
    const node = document.nodes[indexOf(document.nodes, id, 'node')]!;
    if (isGroup(node)) throw groupConnected(node);
  }
  if (document.edges.some((edge) => edge.id === edit.edge.id)) {
    throw impossible('edit-duplicate', `A connection "${edit.edge.id}" is there already.`);
  }
  const edges = document.edges.toSpliced(edit.index ?? document.edges.length, 0, edit.edge);
  return { document: { ...document, edges }, inverse: { kind: 'disconnect', edge: edit.edge.id } };
}

function disconnect(document: GraphDocument, edit: Extract<Edit, { kind: 'disconnect' }>): Edited {
  const index = indexOf(document.edges, edit.edge, 'connection');
  return {
    document: { ...document, edges: document.edges.toSpliced(index, 1) },
    inverse: { kind: 'connect', edge: document.edges[index]!, index },
  };
}

function setFlow(document: GraphDocument, edit: Extract<Edit, { kind: 'set-flow' }>): Edited {
  const { version, nodes, edges } = document;
  const changed =
    edit.flow === 'right' ? { version, nodes, edges } : { version, flow: edit.flow, nodes, edges };
  return { document: changed, inverse: { ...edit, flow: flowOf(document) } };
}

function batch(document: GraphDocument, edit: Extract<Edit, { kind: 'batch' }>): Edited {
  const inverses: Edit[] = [];
  let current = document;
  for (const part of edit.edits) {
    const step = applyEdit(current, part);
    current = step.document;
    inverses.push(step.inverse);
  }
  return { document: current, inverse: { ...edit, edits: inverses.reverse() } };
}

/**
 * The document after an edit, and the edit that takes it back. The given document is not changed; applying the inverse
 * gives an equal one, the order of nodes, edges and fields included save for the place of a field in its record.
 * @throws StudioError edit-missing, edit-duplicate, edit-connected, edit-not-empty, edit-group, edit-no-group, edit-group-loop,
 *   edit-group-depth when the edit does not fit this document
 */
export function applyEdit(document: GraphDocument, edit: Edit): Edited {
  switch (edit.kind) {
    case 'set-field':
      return setField(document, edit);
    case 'rename':
      return rename(document, edit);
    case 'move':
      return move(document, edit);
    case 'add-node':
      return addNode(document, edit);
    case 'remove-node':
      return removeNode(document, edit);
    case 'connect':
      return connect(document, edit);
    case 'disconnect':
      return disconnect(document, edit);
    case 'set-parent':
      return setParent(document, edit);
    case 'set-open':
      return setOpen(document, edit);
    case 'set-flow':
      return setFlow(document, edit);
    case 'batch':
      return batch(document, edit);
  }
}
