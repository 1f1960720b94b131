import type { GraphDocument, Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { groupTree } from '@shared/graph/groups';

/** Cards stand on multiples of this many CSS pixels. */
const GRID = 4;

/**
 * The single step that puts cards and frames where they were dropped, on the grid; null without any. `pins` are the frames around them,
 * with the places at which they are kept.
 */
export function moveNodes(
  places: ReadonlyMap<string, Position>,
  pins: ReadonlyMap<string, Position> = new Map(),
): Edit | null {
  if (places.size === 0) return null;
  const snap = (value: number): number => Math.round(value / GRID) * GRID;
  return {
    kind: 'batch',
    label: places.size === 1 ? 'Move node' : `Move ${places.size} nodes`,
    edits: [...pins, ...places].map(([node, { x, y }]): Edit => {
      return { kind: 'move', node, position: { x: snap(x), y: snap(y) } };
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
