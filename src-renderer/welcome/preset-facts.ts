import { nodeKind } from '@shared/blocks/node-kinds';
import { defaultsOf } from '@shared/fields/check-value';
import type { GraphDocument, GraphNode } from '@shared/graph/document';
import { lower } from '@shared/network/lower';
import type { Preset } from '@shared/network/presets';
import { profile, type NodeCost } from '@shared/network/profile';
import type { Role } from '@shared/ops/definition';
import type { Shape } from '@shared/ops/shape';

/** One bar of a small drawing: a layer or block with what leaves it. */
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

function barOf(node: GraphNode, shape: Shape): Bar[] {
  const kind = nodeKind(node.type);
  if (!kind) return [];
  const values = { ...defaultsOf(kind.fields), ...node.fields };
  const repeats = typeof values.blocks === 'number' ? values.blocks : 1;
  return [{ id: node.id, role: kind.role(values), shape, repeats }];
}

/** Bars of a document in its order, as far as shapes are known. */
export function barsOf(document: GraphDocument): Bar[] {
  const { shapes } = lower(document, 'mcn');
  return document.nodes.flatMap((node) => {
    const shape = shapes.get(node.id);
    return shape ? barOf(node, shape) : [];
  });
}

/** Drawing and sizes of a preset. @throws Error when the preset is no sound network, which a test rules out */
export function presetFacts(preset: Preset): PresetFacts {
  const { network } = lower(preset.document, 'mcn');
  if (!network) throw new Error(`Preset ${preset.id} is not sound`);
  return { bars: barsOf(preset.document), total: profile(network).total };
}
