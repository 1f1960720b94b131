import type { FieldValue } from '@shared/fields/field';
import type { GraphDocument } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { nodesInWords } from '@shared/graph/nodes-in-words';

/** Sets one field of one or several nodes as one step; undefined goes back to the default. */
export function setFields(
  document: GraphDocument,
  nodes: readonly string[],
  field: string,
  label: string,
  value: FieldValue | undefined,
): Edit {
  const edits = nodes.map((node): Edit => ({ kind: 'set-field', node, field, value }));
  return edits.length === 1
    ? edits[0]!
    : { kind: 'batch', label: `${label} of ${nodesInWords(document, nodes)}`, edits };
}
