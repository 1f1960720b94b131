import type { Box } from './box';
import type { Component } from './components';

/** By layer whether it is a single box that every connection from the layers before ends at: a waist of the design. */
function waistLayers({ nodes, edges }: Component<Box>, layers: ReadonlyMap<string, number>): boolean[] {
  const boxes: number[] = [];
  const passing: number[] = [];
  for (const layer of layers.values()) boxes[layer] = (boxes[layer] ?? 0) + 1;
  for (const { from, to } of edges) {
    const [first, last] = [layers.get(from)! + 1, layers.get(to)!];
    passing[first] = (passing[first] ?? 0) + 1;
    passing[last] = (passing[last] ?? 0) - 1;
  }
  let open = 0;
  return nodes.map((_, layer) => {
    open += passing[layer] ?? 0;
    return open === 0 && boxes[layer] === 1;
  });
}

/**
 * Cuts a component at its waists, from left to right. A waist is in the piece that it ends and in the one that it begins; everything
 * else, connections included, is in one piece. `layers` are those of its boxes; where a connection leads back, nothing is cut.
 */
export function piecesBetweenWaists(
  component: Component<Box>,
  layers: ReadonlyMap<string, number>,
): Component<Box>[] {
  const leadsOn = component.edges.every(({ from, to }) => layers.get(from)! < layers.get(to)!);
  if (!leadsOn) return [component];
  const isWaist = waistLayers(component, layers);
  /** By layer the number of waists before it: the piece in which it lies, or as a waist ends. */
  let before = 0;
  const pieceOf = isWaist.map((waist) => (waist ? before++ : before));
  const pieces: Component<Box>[] = [];
  const piece = (index: number): Component<Box> => (pieces[index] ??= { nodes: [], edges: [] });
  for (const box of component.nodes) {
    const layer = layers.get(box.id)!;
    piece(pieceOf[layer]!).nodes.push(box);
    if (isWaist[layer]) piece(pieceOf[layer]! + 1).nodes.push(box);
  }
  for (const edge of component.edges) {
    piece(pieceOf[layers.get(edge.to)!]!).edges.push(edge);
  }
  return pieces;
}
