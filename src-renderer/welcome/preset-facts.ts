import { nodeKind } from '@shared/blocks/node-kinds';
import { defaultsOf } from '@shared/fields/check-value';
import type { GraphDocument, GraphNode } from '@shared/graph/document';
import { lower } from '@shared/network/lower';
import type { Network, NetworkNode } from '@shared/network/network';
import type { Preset } from '@shared/network/presets';
import { profile, type NodeCost } from '@shared/network/profile';
import type { Role } from '@shared/ops/definition';
import type { Shape } from '@shared/ops/shape';

/** One bar of a small drawing: a layer or block with what leaves it. What a group repeats has a bar for each copy. */
export interface Bar {
  id: string;
  role: Role;
  shape: Shape;
  /** Blocks of a stage, drawn side by side; 1 for everything else. */
  repeats: number;
}

/** What a card of the gallery says about a preset, all of it derived from its document. */
export interface PresetFacts {
  bars: readonly Bar[];
  /** Sizes as MCN; the file without its header, which is known once it is written. */
  total: NodeCost;
}

/** The copy of a document node that a layer belongs to: "stage1#2" of "stage1#2/block1/conv1", of the node stage1. */
function copyOf({ id, origin }: NetworkNode): string {
  const inner = id.indexOf('/', origin.length);
  return inner < 0 ? id : id.slice(0, inner);
}

function barOf(id: string, node: GraphNode, shape: Shape): Bar {
  const kind = nodeKind(node.type)!;
  const values = { ...defaultsOf(kind.fields), ...node.fields };
  const repeats = typeof values.blocks === 'number' ? values.blocks : 1;
  return { id, role: kind.role(values), shape, repeats };
}

/** Bars of what a design computes as a network, in that order. */
export function barsOf(document: GraphDocument, network: Network): Bar[] {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const last = new Map(network.nodes.map((layer) => [copyOf(layer), layer]));
  return [...last].map(([id, { origin, shape }]) => barOf(id, nodes.get(origin)!, shape));
}

/** Drawing and sizes of a preset. @throws Error when the preset is no sound network, which a test rules out */
export function presetFacts(preset: Preset): PresetFacts {
  const { network } = lower(preset.document, 'mcn');
  if (!network) throw new Error(`Preset ${preset.id} is not sound`);
  return { bars: barsOf(preset.document, network), total: profile(network).total };
}
