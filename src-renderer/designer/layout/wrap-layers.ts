import type { Position } from '@shared/graph/document';
import { boxBounds, extentOf, zoomOf, type Box } from './box';
import { ROW_GAP } from './card-size';
import type { Component } from './components';

/** Layers that must stay in one row: between them more than one connection runs. */
interface Stretch {
  boxes: Box[];
  left: number;
  right: number;
}

function middleOf(box: Box, places: ReadonlyMap<string, Position>): number {
  return Math.round(places.get(box.id)!.x + box.width / 2);
}

/** Cuts a layout in layers wherever a single connection crosses from left to right. */
function stretches({ nodes, edges }: Component<Box>, places: ReadonlyMap<string, Position>): Stretch[] {
  const columns = new Map<number, Box[]>();
  const middles = new Map(nodes.map((box) => [box.id, middleOf(box, places)]));
  for (const box of nodes) {
    const middle = middles.get(box.id)!;
    columns.set(middle, [...(columns.get(middle) ?? []), box]);
  }
  const spans = edges.map(({ from, to }) => {
    const ends = [middles.get(from)!, middles.get(to)!];
    return { low: Math.min(...ends), high: Math.max(...ends) };
  });
  const parts: Stretch[] = [];
  for (const [middle, boxes] of [...columns].sort(([a], [b]) => a - b)) {
    const { left, right } = extentOf(boxes, places);
    const last = parts.at(-1);
    const crossing = spans.filter(({ low, high }) => low < middle && high >= middle).length;
    if (last && (crossing > 1 || left < last.right)) {
      last.boxes.push(...boxes);
      last.right = Math.max(last.right, right);
    } else {
      parts.push({ boxes: [...boxes], left, right });
    }
  }
  return parts;
}

/** Stretches in rows no wider than `width`, save for a single one that is wider by itself. */
function rowsOf(parts: readonly Stretch[], width: number): Stretch[][] {
  const rows: Stretch[][] = [];
  for (const part of parts) {
    const row = rows.at(-1);
    if (row && part.right - row[0]!.left <= width) row.push(part);
    else rows.push([part]);
  }
  return rows;
}

function stack(rows: readonly Stretch[][], places: ReadonlyMap<string, Position>): Map<string, Position> {
  const wrapped = new Map<string, Position>();
  let top = 0;
  for (const row of rows) {
    const boxes = row.flatMap((part) => part.boxes);
    const { left, top: highest, bottom } = extentOf(boxes, places);
    for (const box of boxes) {
      const bounds = boxBounds(box, places.get(box.id)!);
      wrapped.set(box.id, { x: bounds.left - left, y: bounds.top - highest + top });
    }
    top += bottom - highest + ROW_GAP;
  }
  return wrapped;
}

/**
 * Breaks a layout in layers into rows where a single connection runs on, like a long chain, so that it is seen as large as possible
 * on a free area of this size (CSS pixels).
 */
export function wrapLayers(
  component: Component<Box>,
  places: ReadonlyMap<string, Position>,
  free: { width: number; height: number },
): Map<string, Position> {
  const parts = stretches(component, places);
  const zoom = (wrapped: ReadonlyMap<string, Position>): number =>
    zoomOf(extentOf(component.nodes, wrapped), free);
  let best = stack([parts], places);
  for (const part of parts) {
    const wrapped = stack(rowsOf(parts, part.right), places);
    if (zoom(wrapped) > zoom(best)) best = wrapped;
  }
  return best;
}
