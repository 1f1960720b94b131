import { nodeKind } from '@shared/blocks/node-kinds';
import { fits } from '@shared/fields/check-value';
import type { FieldValue } from '@shared/fields/field';
import type { GraphNode } from '@shared/graph/document';
import type { Fix } from '../../stores/fixes';
import { arriving, oneStep, type FixContext, type FixFinder } from './fix';

/** Sets a field of a node, when the value fits it. */
function setField(node: GraphNode, field: string, value: FieldValue | undefined, words: string): Fix[] {
  const spec = nodeKind(node.type)?.fields[field];
  if (!spec || (value !== undefined && !fits(spec, value))) return [];
  return [oneStep(words, [{ kind: 'set-field', node: node.id, field, value }])];
}

function planesOf(node: GraphNode, { planes }: FixContext): number {
  return Number(node.fields.planes ?? planes);
}

/** Channels that arrive at a node with one input. */
function channelsInto(node: GraphNode, context: FixContext): number | null {
  const [edge, ...others] = arriving(context, node.id);
  const shape = edge && others.length === 0 ? context.shapes.get(edge.from) : undefined;
  return shape?.[2] ?? null;
}

/** A layer that cannot narrow gets as many maps as arrive. */
export const enoughMaps: FixFinder = (node, context) => {
  const channels = channelsInto(node, context);
  if (channels === null) return [];
  const value = Math.ceil(channels / planesOf(node, context));
  return setField(node, 'maps', value, `Set Feature maps to ${value}`);
};

/** A bottleneck gets the next multiple of four. */
export const multipleOfFour: FixFinder = (node) => {
  const value = Math.ceil(Number(node.fields.channels) / 4) * 4;
  return setField(node, 'channels', value, `Set Channels to ${value}`);
};

/** The largest K below the one asked for that divides the channels that arrive. */
export const dividingPlanes: FixFinder = (node, context) => {
  const channels = channelsInto(node, context);
  if (channels === null) return [];
  let value = planesOf(node, context);
  while (value > 1 && channels % value !== 0) value -= 1;
  return setField(node, 'planes', value, `Set K to ${value} here`);
};

/** A 1×1 kernel becomes 3×3. */
export const largerKernel: FixFinder = (node) =>
  node.fields.kernel === 1 ? setField(node, 'kernel', 3, 'Use a 3×3 kernel') : [];

/** Class names that do not fit give way to those of the data set. */
export const noClassNames: FixFinder = (node) =>
  setField(node, 'classes', undefined, 'Use the names of the data set');
