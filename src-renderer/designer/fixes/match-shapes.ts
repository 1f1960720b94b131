import type { GraphDocument, GraphEdge } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import type { Shape } from '@shared/ops/shape';
import type { Fix } from '../../stores/fixes';
import { newNode } from '../edits/new-node';
import { spliceInto } from '../edits/splice';
import { arriving, nodeOf, oneStep, type FixContext, type FixFinder } from './fix';

/** One of the branches that meet. */
interface Arm {
  edge: GraphEdge;
  shape: Shape;
}

/** Layers that give as many maps or channels as a field says. */
const WIDTH_FIELDS: Readonly<Record<string, 'maps' | 'channels'>> = {
  mcconv: 'maps',
  'mcn-basic': 'maps',
  stage: 'maps',
  'mc-bn-relu-pool': 'maps',
  conv: 'channels',
  'wrn-basic': 'channels',
  'wrn-bottleneck': 'channels',
};

function armsOf(context: FixContext, node: string): Arm[] | null {
  const arms = arriving(context, node).map((edge) => ({ edge, shape: context.shapes.get(edge.from) }));
  return arms.length > 1 && arms.every((arm): arm is Arm => arm.shape !== undefined) ? arms : null;
}

/** The pooling that brings a size down to another one with SAME padding; 1 where they agree, null where none does. */
function poolingFactor(from: Shape, to: Shape): number | null {
  const factor = Math.ceil(from[0] / to[0]);
  const reached = [0, 1].every((axis) => Math.ceil(from[axis]! / factor) === to[axis]);
  return reached && factor <= 16 ? factor : null;
}

/** Puts layers of some types with fields into a connection, in this order. */
function insertChain(
  document: GraphDocument,
  edge: GraphEdge,
  layers: readonly { type: string; fields: Record<string, number> }[],
): { edits: Edit[]; document: GraphDocument } {
  const edits: Edit[] = [];
  let current = document;
  let open = edge;
  for (const { type, fields } of layers) {
    const node = { ...newNode(current, type), fields };
    const index = current.nodes.findIndex((other) => other.id === open.to);
    const step = spliceInto(current, open, node, index);
    for (const edit of step) current = applyEdit(current, edit).document;
    edits.push(...step);
    open = current.edges.find((other) => other.from === node.id)!;
  }
  return { edits, document: current };
}

/** What a branch lacks to have a shape: an average pool, appended zero maps. null: neither helps. */
function lacking(shape: Shape, wanted: Shape, planes: number) {
  const factor = poolingFactor(shape, wanted);
  if (factor === null) return null;
  const layers: { type: string; fields: Record<string, number> }[] = [];
  if (factor > 1) layers.push({ type: 'avgpool', fields: { size: factor, stride: factor } });
  if (shape[2] < wanted[2]) {
    if (wanted[2] % planes !== 0) return null;
    layers.push({ type: 'padmaps', fields: { maps: wanted[2] / planes } });
  }
  return layers;
}

/**
 * The edits that give every branch the same shape without weights, as the shortcut of an MCN block has it (Fig. 4 c): larger ones are
 * pooled, narrower ones get zero maps (only when `widen`). null where that does not do it.
 */
function matchingEdits(context: FixContext, arms: readonly Arm[], widen: boolean): Edit[] | null {
  const heights = arms.map(({ shape }) => shape[0]);
  const widths = arms.map(({ shape }) => shape[1]);
  const channels = Math.max(...arms.map(({ shape }) => shape[2]));
  const edits: Edit[] = [];
  let { document } = context;
  for (const { edge, shape } of arms) {
    const wanted: Shape = [Math.min(...heights), Math.min(...widths), widen ? channels : shape[2]];
    const layers = lacking(shape, wanted, context.planes);
    if (!layers) return null;
    const chain = insertChain(document, edge, layers);
    edits.push(...chain.edits);
    document = chain.document;
  }
  return edits.length > 0 ? edits : null;
}

/** Widens the layer that a narrower branch ends with, where that is all that differs. */
function widenLast(context: FixContext, arms: readonly Arm[]): Fix[] {
  const channels = Math.max(...arms.map(({ shape }) => shape[2]));
  const edits: Edit[] = [];
  const names: string[] = [];
  for (const { edge, shape } of arms) {
    if (shape[2] === channels) continue;
    const source = nodeOf(context, edge.from);
    const field = source && WIDTH_FIELDS[source.type];
    if (!field) return [];
    const value = field === 'maps' ? channels / Number(source.fields.planes ?? context.planes) : channels;
    if (!Number.isInteger(value)) return [];
    edits.push({ kind: 'set-field', node: source.id, field, value });
    names.push(`${source.name} ${field === 'maps' ? `${value} maps` : `${value} channels`}`);
  }
  return edits.length > 0 ? [oneStep(`Give ${names.join(' and ')}`, edits)] : [];
}

/** Branches that meet in Add get the same shape. */
export const matchForAdd: FixFinder = (node, context) => {
  const arms = armsOf(context, node.id);
  if (!arms) return [];
  const sameSize = arms.every(
    ({ shape }) => shape[0] === arms[0]!.shape[0] && shape[1] === arms[0]!.shape[1],
  );
  const edits = matchingEdits(context, arms, true);
  const pads = edits?.some((edit) => edit.kind === 'add-node' && edit.node.type === 'padmaps');
  const pools = edits?.some((edit) => edit.kind === 'add-node' && edit.node.type === 'avgpool');
  const words =
    pools && pads
      ? 'Pool and pad the shortcut'
      : pools
        ? 'Pool the larger branch'
        : 'Pad the narrower branch';
  return [...(edits ? [oneStep(words, edits)] : []), ...(sameSize ? widenLast(context, arms) : [])];
};

/** Branches that meet in Concat get the same height and width. */
export const matchForConcat: FixFinder = (node, context) => {
  const arms = armsOf(context, node.id);
  const edits = arms && matchingEdits(context, arms, false);
  return edits ? [oneStep('Pool the larger branch', edits)] : [];
};
