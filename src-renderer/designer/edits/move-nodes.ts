import type { GraphDocument, Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { groupTree } from '@shared/graph/groups';
import { nodesInWords } from '@shared/graph/nodes-in-words';

/** Cards stand on multiples of this many CSS pixels. */
export const GRID = 4;

/** The place on the grid that is nearest to a place. */
export function onGrid({ x, y }: Position): Position {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}

/**
 * The single step that puts cards and frames at new places, on the grid; null without any. `pins` are the frames around them, with the
 * places at which they are kept; `verb` begins the name of the step.
 */
export function moveNodes(
  document: GraphDocument,
  places: ReadonlyMap<string, Position>,
  pins: ReadonlyMap<string, Position> = new Map(),
  verb = 'Move',
): Edit | null {
  if (places.size === 0) return null;
  return {
    kind: 'batch',
    label: `${verb} ${nodesInWords(document, places.keys())}`,
    edits: [...pins, ...places].map(([node, place]): Edit => {
      return { kind: 'move', node, position: onGrid(place) };
    }),
  };
}

/**
 * Where moved closed groups take what lies in them: a person may have moved it before, while the group was open. `before` are the places
 * of cards before the move.
 */
export function movedInside(
  document: GraphDocument,
  before: ReadonlyMap<string, Position>,
  moved: ReadonlyMap<string, Position>,
): Map<string, Position> {
  const tree = groupTree(document);
  const inside = new Map<string, Position>();
  for (const [group, place] of moved) {
    const from = before.get(group);
    if (!from) continue;
    for (const { id, position } of tree.inside(group)) {
      if (!position) continue;
      inside.set(id, { x: position.x + place.x - from.x, y: position.y + place.y - from.y });
    }
  }
  return inside;
}
