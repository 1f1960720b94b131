import type { Position } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';

/** Cards stand on multiples of this many CSS pixels. */
const GRID = 4;

/** The single step that puts cards where they were dropped, on the grid; null without cards. */
export function moveNodes(places: ReadonlyMap<string, Position>): Edit | null {
  if (places.size === 0) return null;
  const snap = (value: number): number => Math.round(value / GRID) * GRID;
  return {
    kind: 'batch',
    label: places.size === 1 ? 'Move node' : `Move ${places.size} nodes`,
    edits: [...places].map(([node, { x, y }]): Edit => {
      return { kind: 'move', node, position: { x: snap(x), y: snap(y) } };
    }),
  };
}
