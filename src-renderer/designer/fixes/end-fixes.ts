import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphDocument, GraphNode } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { layersOf } from '@shared/graph/groups';
import type { Fix } from '../../stores/fixes';
import { freeEdgeId, newNode } from '../edits/new-node';
import { insertBefore } from './insert-before';
import { oneStep, type FixFinder } from './fix';

/** Puts layers into the one connection that arrives at a node, the last one right in front of it. */
function putBefore(document: GraphDocument, types: readonly string[], node: string, label: string): Fix[] {
  const edits: Edit[] = [];
  let current = document;
  for (const type of types) {
    const edit = insertBefore(current, type, node);
    if (!edit) return [];
    edits.push(edit);
    current = applyEdit(current, edit).document;
  }
  return [oneStep(label, edits)];
}

/** A dense layer that gets a picture: pooling it costs nothing, flattening it keeps every value. */
export const vectorForDense: FixFinder = ({ id }, { document }) => [
  ...putBefore(document, ['globalavgpool'], id, 'Put a global average pool in front'),
  ...putBefore(document, ['flatten'], id, 'Put Flatten in front'),
];

/** An output that gets a picture. */
export const vectorForOutput: FixFinder = ({ id }, { document }) =>
  putBefore(document, ['globalavgpool', 'dense'], id, 'Put a global average pool and a Dense layer in front');

/** The only node of its kind among those that pass; null otherwise. */
function only(nodes: readonly GraphNode[], passes: (node: GraphNode) => boolean): GraphNode | null {
  const found = nodes.filter(passes);
  return found.length === 1 ? found[0]! : null;
}

/** An end that is missing is added, and connected where there is just one layer to connect it to. */
export function missingEnd(type: 'input' | 'output', document: GraphDocument): Fix[] {
  const label = nodeKind(type)!.label;
  const node = newNode(document, type);
  const { edges } = document;
  const nodes = layersOf(document);
  const other =
    type === 'input'
      ? only(
          nodes,
          ({ id, type: kind }) =>
            !edges.some(({ to }) => to === id) && (nodeKind(kind)?.inputs.length ?? 0) > 0,
        )
      : only(nodes, ({ id, type: kind }) => !edges.some(({ from }) => from === id) && kind !== 'output');
  const added: Edit = { kind: 'add-node', node, index: type === 'input' ? 0 : document.nodes.length };
  if (!other) return [oneStep(`Add ${label}`, [added])];
  const [from, to] = type === 'input' ? [node, other] : [other, node];
  const port = nodeKind(to.type)!.inputs[0]!.name;
  const edge = { id: freeEdgeId(document, from.id, to.id), from: from.id, to: to.id, port };
  return [oneStep(`Add ${label}`, [added, { kind: 'connect', edge }])];
}
