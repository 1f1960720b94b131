import type { Position } from '@shared/graph/document';

/** The bends of a polyline as Cytoscape wants them: relative to the straight line between its ends. */
export interface Segments {
  /** Place along the line: 0 at the start, 1 at the end. */
  weights: number[];
  /** Distance from the line in pixels, positive to the right hand of its direction on a screen. */
  distances: number[];
}

/** The inner points of a polyline relative to the line from its first to its last point, which differ. */
export function segmentsOf(points: readonly Position[]): Segments {
  const start = points[0]!;
  const end = points[points.length - 1]!;
  const dx = end.x - start.x;
  const dy = end.y - start.y;
  const square = dx * dx + dy * dy;
  const inner = points.slice(1, -1);
  return {
    weights: inner.map(({ x, y }) => ((x - start.x) * dx + (y - start.y) * dy) / square),
    distances: inner.map(({ x, y }) => ((y - start.y) * dx - (x - start.x) * dy) / Math.sqrt(square)),
  };
}
