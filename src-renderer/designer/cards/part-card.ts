import { nodeKind } from '@shared/blocks/node-kinds';
import type { NetworkNode } from '@shared/network/network';
import { inheritedPlanes } from '@shared/network/lower';
import { addCosts, type NodeCost } from '@shared/network/profile';
import { opDefinition } from '@shared/ops/index';
import type { ShownPart } from '../groups/shown-design';
import { shownValues, type CardContext, type NodeCardModel } from './node-card';

/**
 * What a lowered layer is called inside its block: "block1/conv1" of "stage1/block1/conv1", and of "stage1#2/block1/conv1", a copy
 * that a group makes of the stage; null when it is not of this block.
 */
function placeInBlock({ id, origin }: NetworkNode, block: string): string | null {
  if (origin !== block) return null;
  const rest = id.slice(block.length);
  return rest.slice(rest.indexOf('/') + 1);
}

/** The layers that a part was lowered to, in all copies of its block, in order. */
function layersOfPart(layers: readonly NetworkNode[], { block, path }: ShownPart): NetworkNode[] {
  const own = path.join('/');
  return layers.filter((node) => {
    const place = placeInBlock(node, block);
    return place !== null && (place === own || place.startsWith(`${own}/`));
  });
}

/** The card of a part of an open block. */
export function partCard(id: string, shown: ShownPart, context: CardContext): NodeCardModel {
  const { part } = shown;
  const kind = nodeKind(part.type)!;
  const layers = layersOfPart(context.lowered.layers, shown);
  const own = new Set(layers.map((layer) => layer.id));
  const costs: NodeCost[] = context.costs.nodes.filter((layer) => own.has(layer.id));
  const node = { id, type: part.type, name: part.name, fields: part.fields };
  const values = shownValues(kind, node, inheritedPlanes(context.document));
  const first = kind.isBlock ? undefined : layers[0];
  const op = first && opDefinition(first.type);
  const role = op ? op.role(first.values) : kind.role(values);
  return {
    id,
    type: part.type,
    form: 'part',
    name: part.name,
    typeLabel: kind.label,
    role: role === 'binary' && context.family !== 'mcn' ? 'float' : role,
    summary: op ? op.summary(first.values) : kind.summary(values, context.family),
    shape: layers.at(-1)?.shape ?? null,
    cost: costs.length > 0 ? costs.reduce(addCosts) : null,
    waitsFor: null,
    problems: [],
    mark: null,
    largeShare: null,
    twin: null,
  };
}
