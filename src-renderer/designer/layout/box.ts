import type { Position } from '@shared/graph/document';
import type { Flow } from '@shared/graph/flow';
import { CARD_HEIGHT, CARD_WIDTH, unionOf, type Bounds } from './card-size';

/** Something that a layout places as one: a card, or a frame with what is in it. Sizes in CSS pixels at zoom 1. */
export interface Box {
  id: string;
  width: number;
  height: number;
  /** Where lines arrive: how far below its top, in a design that runs down how far from its left edge. */
  inlet: number;
  isFrame: boolean;
}

/** The box of a card. */
export function cardBox(id: string, flow: Flow = 'right'): Box {
  const inlet = (flow === 'down' ? CARD_WIDTH : CARD_HEIGHT) / 2;
  return { id, width: CARD_WIDTH, height: CARD_HEIGHT, inlet, isFrame: false };
}

/** The rectangle of a box with this top left corner. */
export function boxBounds({ width, height }: Box, { x, y }: Position): Bounds {
  return { left: x, top: y, right: x + width, bottom: y + height };
}

/** The smallest rectangle around boxes that have a place; there is one at least. */
export function extentOf(boxes: readonly Box[], places: ReadonlyMap<string, Position>): Bounds {
  return unionOf(boxes.map((box) => boxBounds(box, places.get(box.id)!)))!;
}

/** How large a rectangle is seen on a free area of this size (CSS pixels), never enlarged. */
export function zoomOf(
  { left, top, right, bottom }: Bounds,
  free: { width: number; height: number },
): number {
  return Math.min(1, free.width / (right - left), free.height / (bottom - top));
}
