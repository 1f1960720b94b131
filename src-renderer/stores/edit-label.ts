import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphDocument } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';

/** What an edit does, in words that fit behind "Undo": "feature maps of MCconv 1". */
export function editLabel(document: GraphDocument, edit: Edit): string {
  const node =
    'node' in edit && typeof edit.node === 'string'
      ? document.nodes.find(({ id }) => id === edit.node)
      : undefined;
  const name = node?.name ?? 'layer';
  switch (edit.kind) {
    case 'set-field': {
      const label = node && nodeKind(node.type)?.fields[edit.field]?.label;
      return `${(label ?? edit.field).toLowerCase()} of ${name}`;
    }
    case 'rename':
      return `rename ${name}`;
    case 'move':
      return `move ${name}`;
    case 'add-node':
      return `add ${edit.node.name}`;
    case 'remove-node':
      return `remove ${name}`;
    case 'connect':
      return 'connect';
    case 'disconnect':
      return 'disconnect';
    case 'set-parent':
      return `group around ${name}`;
    case 'set-open':
      return `${edit.open ? 'expand' : 'collapse'} ${name}`;
    case 'set-flow':
      return edit.flow === 'right' ? 'lay out left to right' : 'lay out top to bottom';
    case 'batch':
      return edit.label.charAt(0).toLowerCase() + edit.label.slice(1);
  }
}
