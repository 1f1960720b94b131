import type { Field, FieldSet, FieldValue } from '@shared/fields/field';
import type { NodeKind } from '@shared/blocks/node-kinds';
import type { GraphNode } from '@shared/graph/document';
import { sameValue } from '@shared/fields/same-value';

/** A field as an inspector shows it for one or several nodes. */
export interface ShownField {
  key: string;
  field: Field;
  /** The value of all nodes, or of the first when they differ. */
  value: FieldValue;
  /** The nodes differ. */
  mixed: boolean;
}

export interface FieldGroup {
  name: string;
  fields: ShownField[];
}

/** A node with its kind. */
export interface KindedNode {
  node: GraphNode;
  kind: NodeKind;
}

/** Everything about a field that decides what may be typed; two layers share a field when these agree. */
function nature(field: Field): string {
  return JSON.stringify({ ...field, default: null, help: null, group: null });
}

/** The fields that every kind has in the same way. */
function commonFields(kinds: readonly NodeKind[]): FieldSet {
  const [first, ...others] = kinds;
  return Object.fromEntries(
    Object.entries(first?.fields ?? {}).filter(([key, field]) =>
      others.every(({ fields }) => Object.hasOwn(fields, key) && nature(fields[key]!) === nature(field)),
    ),
  );
}

/** The fields that nodes share, by group, with their values; a field without a group belongs to "Layer". */
export function fieldGroups(nodes: readonly KindedNode[]): FieldGroup[] {
  const groups = new Map<string, ShownField[]>();
  for (const [key, field] of Object.entries(commonFields(nodes.map(({ kind }) => kind)))) {
    const values = nodes.map(({ node, kind }) => node.fields[key] ?? defaultOf(kind, node, key));
    const name = field.group ?? 'Layer';
    const mixed = values.some((value) => !sameValue(value, values[0]!));
    groups.set(name, [...(groups.get(name) ?? []), { key, field, value: values[0]!, mixed }]);
  }
  return [...groups].map(([name, fields]) => ({ name, fields }));
}

/** null is a value of its own (inherited); only a field that is left out has its default. */
function defaultOf(kind: NodeKind, node: GraphNode, key: string): FieldValue {
  return node.fields[key] === null ? null : kind.fields[key]!.default;
}
