import { nodeKind } from '@shared/blocks/node-kinds';
import { defaultsOf, fits } from '@shared/fields/check-value';
import type { FieldValue } from '@shared/fields/field';
import { sameValue } from '@shared/fields/same-value';
import type { GraphNode } from '@shared/graph/document';

/** Maps of modulated layers are counted in feature maps of K channels, those of float layers in channels; here each is said as the other. */
function withBothWidths(values: Record<string, FieldValue>, inherited: number): Record<string, FieldValue> {
  const planes = typeof values.planes === 'number' ? values.planes : inherited;
  const { maps, channels } = values;
  if (typeof maps === 'number') return { channels: maps * planes, ...values };
  if (typeof channels === 'number') return { maps: channels / planes, ...values };
  return values;
}

/**
 * The fields of a node of another type that say what an old node says, its defaults included: the same width, kernel, stride. What the new
 * type has by default is left out, and so is what it does not take. `planes`: the K that layers inherit.
 */
export function carriedFields(old: GraphNode, type: string, planes: number): GraphNode['fields'] {
  const before = nodeKind(old.type);
  if (!before) return {};
  const values = withBothWidths({ ...defaultsOf(before.fields), ...old.fields }, planes);
  const carried = Object.entries(nodeKind(type)!.fields).filter(([key, field]) => {
    const value = values[key];
    return value !== undefined && fits(field, value) && !sameValue(field.default, value);
  });
  return Object.fromEntries(carried.map(([key]) => [key, values[key]!]));
}
