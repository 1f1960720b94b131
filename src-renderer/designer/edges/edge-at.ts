import type { Position } from '@shared/graph/document';

/** How near to a line its connection is meant, in CSS pixels of the screen. */
export const EDGE_REACH = 7;

function distanceToPiece(at: Position, a: Position, b: Position): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((at.x - a.x) * dx + (at.y - a.y) * dy) / square;
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(at.x - a.x - part * dx, at.y - a.y - part * dy);
}

/** The connection whose line passes nearest to a place, at most `reach` away; null when none does. Lengths are those of the canvas. */
export function edgeAt(
  edges: readonly { id: string; points: readonly Position[] }[],
  at: Position,
  reach: number,
): string | null {
  let best: { id: string; distance: number } | null = null;
  for (const { id, points } of edges) {
    for (let index = 1; index < points.length; index += 1) {
      const distance = distanceToPiece(at, points[index - 1]!, points[index]!);
      if (distance <= reach && (!best || distance < best.distance)) best = { id, distance };
    }
  }
  return best?.id ?? null;
}
