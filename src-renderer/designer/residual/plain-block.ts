import type { GraphNode } from '@shared/graph/document';
import { isConvolution } from '@shared/network/residual/path-items';
import type { ResidualUnit } from '@shared/network/residual/residual-unit';
import { freeEdgeId, freeId, freeName, newNode } from '../edits/new-node';
import { redirect } from './copy-unit';
import type { Draft } from './draft';

function without(fields: GraphNode['fields'], ...keys: readonly string[]): GraphNode['fields'] {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)));
}

/** The block type and fields of a block that was made of layers. */
function blockOfLayers(layers: readonly GraphNode[], channels: number): Pick<GraphNode, 'type' | 'fields'> {
  const modulated = layers.find(({ type }) => type === 'mcconv');
  if (!modulated) {
    const bottleneck = layers.filter((node) => isConvolution(node) && node.fields.kernel === 1).length > 1;
    return { type: bottleneck ? 'wrn-bottleneck' : 'wrn-basic', fields: { channels } };
  }
  return { type: 'mcn-basic', fields: without(modulated.fields, 'kernel', 'stride') };
}

/**
 * Puts a block that keeps the shape behind a unit that changes it, which cannot be copied for that: with the fields of the unit, without
 * its stride. `channels` are those of the stage. Returns the block as a unit that can be copied.
 */
export function addPlainBlock(draft: Draft, unit: ResidualUnit, channels: number): ResidualUnit {
  const { document } = draft;
  const exit = unit.layers.at(-1)!;
  const model = document.nodes.find(({ id }) => id === unit.node?.id);
  const layers = document.nodes.filter(({ id }) => unit.layers.some((layer) => layer.id === id));
  const parent = (model ?? unit.owner ?? exit).parent;
  const like = model
    ? { type: model.type, fields: without(model.fields, 'stride') }
    : blockOfLayers(layers, channels);
  const named = model
    ? {
        id: freeId(document, model.id),
        name: freeName(document, model.name),
      }
    : {};
  const node: GraphNode = {
    ...newNode(document, like.type),
    ...like,
    ...named,
    ...(parent !== undefined && { parent }),
  };
  const index = document.nodes.findIndex(({ id }) => id === exit.id) + 1;
  draft.apply({ kind: 'add-node', node, index });
  redirect(draft, exit.id, node.id, new Set([node.id]));
  const into = { id: freeEdgeId(draft.document, exit.id, node.id), from: exit.id, to: node.id, port: 'in' };
  draft.apply({ kind: 'connect', edge: into });
  return {
    kind: 'block',
    node,
    owner: node,
    members: [node],
    layers: [node],
    extras: [],
    entry: exit.id,
    exit: node.id,
    blocks: 1,
    step: 1,
    identity: true,
    countable: true,
  };
}
