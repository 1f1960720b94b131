import type { Position } from '@shared/graph/document';
import { extentOf, type Box } from './box';
import type { Component } from './components';
import { dagreLayers } from './dagre-layers';
import { layersOf, plainLayers, type LayerGaps } from './plain-layers';
import { piecesBetweenWaists } from './waists';

/** Larger pieces are placed plainly: dagre walks through them by recursion, too deep for a stack, and for seconds. */
const MOST_BOXES = 100;

/** Pieces of the same text are laid out the same: residual designs repeat a few forms hundreds of times. */
function textOf({ nodes, edges }: Component<Box>): string {
  const indices = new Map(nodes.map(({ id }, index) => [id, index]));
  const sizes = nodes.map(({ width, height }) => [width, height]);
  return JSON.stringify([sizes, edges.map(({ from, to }) => [indices.get(from), indices.get(to)])]);
}

class Pieces {
  /** By text the corners of the boxes, in their order. */
  readonly #known = new Map<string, Position[]>();

  constructor(readonly gaps: LayerGaps) {}

  #layOut(piece: Component<Box>): Map<string, Position> {
    return piece.nodes.length > MOST_BOXES ? plainLayers(piece, this.gaps) : dagreLayers(piece, this.gaps);
  }

  place(piece: Component<Box>): Map<string, Position> {
    const text = textOf(piece);
    let corners = this.#known.get(text);
    if (!corners) {
      const places = this.#layOut(piece);
      corners = piece.nodes.map(({ id }) => places.get(id)!);
      this.#known.set(text, corners);
    }
    return new Map(piece.nodes.map(({ id }, index) => [id, corners[index]!]));
  }
}

/**
 * Places a component that branches or merges in layers from left to right; the topmost, leftmost box touches 0, 0. The pieces between boxes
 * that everything passes are laid out each by itself and joined there: that takes time in proportion to their number.
 */
export function layered(component: Component<Box>, gaps: LayerGaps): Map<string, Position> {
  const pieces = new Pieces(gaps);
  const places = new Map<string, Position>();
  let right = 0;
  for (const piece of piecesBetweenWaists(component, layersOf(component))) {
    const own = pieces.place(piece);
    const joint = piece.nodes.find(({ id }) => places.has(id));
    const added = piece.nodes.filter((box) => box !== joint);
    if (added.length === 0) continue;
    const y = joint ? places.get(joint.id)!.y - own.get(joint.id)!.y : 0;
    // Behind everything so far, also behind what ends beside the joint and is wider.
    const x = (joint ? right + gaps.layer : 0) - extentOf(added, own).left;
    for (const { id } of added) places.set(id, { x: own.get(id)!.x + x, y: own.get(id)!.y + y });
    right = Math.max(right, x + extentOf(added, own).right);
  }
  const { top } = extentOf(component.nodes, places);
  return new Map([...places].map(([id, place]) => [id, { x: place.x, y: place.y - top }]));
}
