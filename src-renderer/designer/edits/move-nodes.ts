import type { Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';

/** Cards stand on multiples of this many CSS pixels. */
export const GRID = 4;

/** The place on the grid that is nearest to a place. */
export function onGrid({ x, y }: Position): Position {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}

/** The single step that puts cards at new places, on the grid; null without cards. `label` names a step that is no plain move. */
export function moveNodes(places: ReadonlyMap<string, Position>, label?: string): Edit | null {
  if (places.size === 0) return null;
  return {
    kind: 'batch',
    label: label ?? (places.size === 1 ? 'Move node' : `Move ${places.size} nodes`),
    edits: [...places].map(([node, place]): Edit => ({ kind: 'move', node, position: onGrid(place) })),
  };
}
