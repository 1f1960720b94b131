import type { GraphDocument, Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { onGrid } from './move-nodes';

/** The edits that keep cards where they are that only the layout has placed. */
export function pins(document: GraphDocument, places: ReadonlyMap<string, Position>): Edit[] {
  return document.nodes.flatMap(({ id, position }): Edit[] => {
    const place = places.get(id);
    return position || !place ? [] : [{ kind: 'move', node: id, position: onGrid(place) }];
  });
}
