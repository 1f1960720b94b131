import { BLOCK_INPUT, type BlockPart } from '@shared/blocks/definition';
import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphDocument, GraphEdge, GraphNode } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { GROUP_TYPE } from '@shared/graph/groups';
import { sameValue } from '@shared/fields/same-value';
import { freeEdgeId, freeId, freeName } from './new-node';

/** The fields of a part that are not what they would be without: defaults, and the K that the block has from Input. */
function ownFields(part: BlockPart, block: GraphNode): GraphNode['fields'] {
  const { fields } = nodeKind(part.type)!;
  const inheritsPlanes = (block.fields.planes ?? null) === null;
  return Object.fromEntries(
    Object.entries(part.fields).filter(
      ([key, value]) => !(key === 'planes' && inheritsPlanes) && !sameValue(value, fields[key]!.default),
    ),
  );
}

/** Real nodes for the parts, with the ids and names that lowering gives them, as far as those are free. */
function nodesFor(
  document: GraphDocument,
  block: GraphNode,
  parts: readonly BlockPart[],
): Map<string, GraphNode> {
  const nodes = new Map<string, GraphNode>();
  let known = document;
  for (const part of parts) {
    const node: GraphNode = {
      id: freeId(known, `${block.id}/${part.id}`),
      type: part.type,
      name: freeName(known, `${block.name} / ${part.name}`),
      fields: ownFields(part, block),
      parent: block.id,
    };
    nodes.set(part.id, node);
    known = { ...known, nodes: [...known.nodes, node] };
  }
  return nodes;
}

/** All connections of the design with those of the parts in the place of the one into the block. */
function rewired(
  document: GraphDocument,
  block: GraphNode,
  parts: readonly BlockPart[],
  nodes: ReadonlyMap<string, GraphNode>,
): GraphEdge[] {
  const reserved: string[] = [];
  const edgeId = (from: string, to: string): string => {
    const id = freeEdgeId(document, from, to, reserved);
    reserved.push(id);
    return id;
  };
  const exit = nodes.get(parts.at(-1)!.id)!.id;
  return document.edges.flatMap((edge) => {
    if (edge.from === block.id) return { ...edge, from: exit };
    if (edge.to !== block.id) return edge;
    return parts.flatMap((part) => {
      const to = nodes.get(part.id)!.id;
      return part.inputs.map((input): GraphEdge => {
        const from = input === BLOCK_INPUT ? edge.from : nodes.get(input)!.id;
        return { id: edgeId(from, to), from, to, port: nodeKind(part.type)!.inputs[0]!.name };
      });
    });
  });
}

/**
 * The single step that makes a block a group of what it is made of (`parts`, from blockParts()), one level down. The network stays the
 * same, ids and names included where they are free. The block has one connection into it.
 */
export function dissolveBlock(document: GraphDocument, block: GraphNode, parts: readonly BlockPart[]): Edit {
  const index = document.nodes.indexOf(block);
  const nodes = nodesFor(document, block, parts);
  const edges = rewired(document, block, parts, nodes);
  const group: GraphNode = { ...block, type: GROUP_TYPE, fields: {}, open: true };
  const edits: Edit[] = [
    ...document.edges
      .filter(({ from, to }) => from === block.id || to === block.id)
      .map((edge): Edit => ({ kind: 'disconnect', edge: edge.id })),
    { kind: 'remove-node', node: block.id },
    ...[group, ...nodes.values()].map((node, offset): Edit => {
      return { kind: 'add-node', node, index: index + offset };
    }),
  ];
  edges.forEach((edge, place) => {
    if (!document.edges.includes(edge)) edits.push({ kind: 'connect', edge, index: place });
  });
  return { kind: 'batch', label: `Ungroup ${block.name}`, edits };
}
