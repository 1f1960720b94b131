import type { Position } from '@shared/graph/document';
import { boundsOf, CARD_WIDTH, ROW_GAP } from './card-size';
import type { Component } from './components';

/** Layers that must stay in one row: between them more than one connection runs. */
interface Stretch {
  ids: string[];
  left: number;
  right: number;
}

/** Cuts a layout in layers wherever a single connection crosses from left to right. */
function stretches({ edges }: Component, places: ReadonlyMap<string, Position>): Stretch[] {
  const columns = new Map<number, string[]>();
  for (const [id, { x }] of places) columns.set(x, [...(columns.get(x) ?? []), id]);
  const spans = edges.map(({ from, to }) => {
    const ends = [places.get(from)!.x, places.get(to)!.x];
    return { low: Math.min(...ends), high: Math.max(...ends) };
  });
  const parts: Stretch[] = [];
  for (const x of [...columns.keys()].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    const crossing = spans.filter(({ low, high }) => low < x && high >= x).length;
    if (last && crossing > 1) {
      last.ids.push(...columns.get(x)!);
      last.right = x + CARD_WIDTH;
    } else {
      parts.push({ ids: [...columns.get(x)!], left: x, right: x + CARD_WIDTH });
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
    const ids = row.flatMap((part) => part.ids);
    const { left, top: highest, bottom } = boundsOf(ids.map((id) => places.get(id)!))!;
    for (const id of ids) {
      const { x, y } = places.get(id)!;
      wrapped.set(id, { x: x - left, y: y - highest + top });
    }
    top += bottom - highest + ROW_GAP;
  }
  return wrapped;
}

function zoomOf(places: ReadonlyMap<string, Position>, free: { width: number; height: number }): number {
  const { left, top, right, bottom } = boundsOf(places.values())!;
  return Math.min(1, free.width / (right - left), free.height / (bottom - top));
}

/**
 * Breaks a layout in layers into rows where a single connection runs on, like a long chain, so that it is seen as large as possible
 * on a free area of this size (CSS pixels).
 */
export function wrapLayers(
  component: Component,
  places: ReadonlyMap<string, Position>,
  free: { width: number; height: number },
): Map<string, Position> {
  const parts = stretches(component, places);
  let best = stack([parts], places);
  for (const part of parts) {
    const wrapped = stack(rowsOf(parts, part.right), places);
    if (zoomOf(wrapped, free) > zoomOf(best, free)) best = wrapped;
  }
  return best;
}
