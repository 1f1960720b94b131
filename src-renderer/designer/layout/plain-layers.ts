import type { Position } from '@shared/graph/document';
import type { Box } from './box';
import type { Component, Link } from './components';
import type { Spacing } from './flow';

/** Free space between layers and between the boxes of one, in CSS pixels at zoom 1. */
export type LayerGaps = Pick<Spacing, 'layer' | 'lane'>;

function linksBy(edges: readonly Link[], end: 'from' | 'to'): Map<string, Link[]> {
  const lists = new Map<string, Link[]>();
  for (const edge of edges) {
    const list = lists.get(edge[end]);
    if (list) list.push(edge);
    else lists.set(edge[end], [edge]);
  }
  return lists;
}

/** The layer of every box: one behind the last of those that it reads. Boxes on a loop are taken in their order, as if it were open there. */
export function layersOf({ nodes, edges }: Component<Box>): Map<string, number> {
  const outgoing = linksBy(edges, 'from');
  const waiting = new Map(nodes.map(({ id }) => [id, 0]));
  for (const { to } of edges) waiting.set(to, waiting.get(to)! + 1);
  const layers = new Map<string, number>();
  const least = new Map<string, number>();
  const ready = nodes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id);
  let unopened = 0;
  while (layers.size < nodes.length) {
    const id = ready.pop() ?? nodes[unopened++]!.id;
    if (layers.has(id)) continue;
    const layer = least.get(id) ?? 0;
    layers.set(id, layer);
    for (const { to } of outgoing.get(id) ?? []) {
      least.set(to, Math.max(least.get(to) ?? 0, layer + 1));
      waiting.set(to, waiting.get(to)! - 1);
      if (waiting.get(to) === 0) ready.push(to);
    }
  }
  return layers;
}

/**
 * Places a component in layers from left to right by the longest way to each box, and the boxes of a layer below each other in the order of
 * what they read. Takes time in proportion to its size and walks through it without recursion, so that it serves designs of thousands of
 * layers. The topmost, leftmost box touches 0, 0.
 */
export function plainLayers(component: Component<Box>, gaps: LayerGaps): Map<string, Position> {
  const layers = layersOf(component);
  const incoming = linksBy(component.edges, 'to');
  const columns: Box[][] = [];
  for (const box of component.nodes) (columns[layers.get(box.id)!] ??= []).push(box);
  const places = new Map<string, Position>();
  let x = 0;
  for (const column of columns) {
    const wanted = new Map(column.map(({ id }) => [id, meanHeight(incoming.get(id) ?? [], places)]));
    let y = 0;
    for (const { id, height } of column.toSorted((a, b) => wanted.get(a.id)! - wanted.get(b.id)!)) {
      places.set(id, { x, y });
      y += height + gaps.lane;
    }
    x += column.reduce((widest, { width }) => Math.max(widest, width), 0) + gaps.layer;
  }
  return places;
}

/** How far down what leads to a box lies, on the average; 0 when nothing does that has a place. */
function meanHeight(arriving: readonly Link[], places: ReadonlyMap<string, Position>): number {
  const heights = arriving.flatMap(({ from }) => places.get(from)?.y ?? []);
  return heights.length === 0 ? 0 : heights.reduce((sum, height) => sum + height, 0) / heights.length;
}
