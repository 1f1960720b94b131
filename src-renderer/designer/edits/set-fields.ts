import type { FieldValue } from '@shared/fields/field';
import type { Edit } from '@shared/graph/edit';

/** Sets one field of one or several nodes as one step; undefined goes back to the default. */
export function setFields(
  nodes: readonly string[],
  field: string,
  label: string,
  value: FieldValue | undefined,
): Edit {
  const edits = nodes.map((node): Edit => ({ kind: 'set-field', node, field, value }));
  return edits.length === 1
    ? edits[0]!
    : { kind: 'batch', label: `${label} of ${nodes.length} nodes`, edits };
}
